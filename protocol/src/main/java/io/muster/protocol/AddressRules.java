package io.muster.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Addresses that no server of an inventory may have: blocks such as {@code 10.0.0.0/8}, single
 * addresses, and the words {@code link-local}, {@code metadata} and {@code none}.
 */
public final class AddressRules {
  public static final AddressRules NONE = new AddressRules(List.of(), List.of());

  private static final String LINK_LOCAL = "link-local";
  private static final String METADATA = "metadata";

  /** Where clouds answer a machine with its own credentials: all, AWS on IPv6, Azure, Alibaba. */
  private static final List<String> METADATA_BLOCKS =
      List.of("169.254.169.254", "fd00:ec2::254", "168.63.129.16", "100.100.100.200");

  private static final List<String> LINK_LOCAL_BLOCKS = List.of("169.254.0.0/16", "fe80::/10");

  /** Unless said otherwise: what is never a platform, and dangerous to be led to. */
  public static final AddressRules DEFAULT = parse(List.of(LINK_LOCAL, METADATA));

  /** The first 12 bytes of an IPv4 address in a NAT64 gateway's network, 64:ff9b::/96. */
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private final List<String> entries;
  private final List<Block> blocks;

  private record Block(InetAddress first, int bits) {
    boolean holds(byte[] other) {
      byte[] address = first.getAddress();
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private AddressRules(List<String> entries, List<Block> blocks) {
    this.entries = List.copyOf(entries);
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Rules of these entries.
   *
   * @throws IllegalArgumentException with the entry that is none
   */
  public static AddressRules parse(List<String> entries) {
    List<Block> blocks = new ArrayList<>();
    for (String entry : entries) {
      switch (entry.toLowerCase(Locale.ROOT)) {
        case LINK_LOCAL -> LINK_LOCAL_BLOCKS.forEach(text -> blocks.add(block(text)));
        case METADATA -> METADATA_BLOCKS.forEach(text -> blocks.add(block(text)));
        case "none" -> {}
        default -> blocks.add(block(entry));
      }
    }
    return new AddressRules(entries, blocks);
  }

  /** The same of a text with commas. */
  public static AddressRules parse(String text) {
    return parse(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** As they were given. */
  public List<String> entries() {
    return entries;
  }

  /** What either of the two denies. */
  public AddressRules and(AddressRules others) {
    return new AddressRules(
        Stream.concat(entries.stream(), others.entries.stream()).distinct().toList(),
        Stream.concat(blocks.stream(), others.blocks.stream()).toList());
  }

  public boolean denies(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (blocks.stream().anyMatch(block -> block.holds(bytes))) {
      return true;
    }
    if (bytes.length == 16 && Arrays.equals(NAT64, 0, 12, bytes, 0, 12)) {
      byte[] inner = Arrays.copyOfRange(bytes, 12, 16);
      return blocks.stream().anyMatch(block -> block.holds(inner));
    }
    return false;
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      int all = address.getAddress().length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= all) {
        return new Block(address, bits);
      }
    } catch (IllegalArgumentException e) {
      // Told below, like a number of bits that no address has.
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no address, no block such as 10.0.0.0/8, and none of link-local, metadata,"
            + " none");
  }

  @Override
  public String toString() {
    return String.join(",", entries);
  }
}
