package io.muster.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.UUID;

/** Identity of a server in rows, routes and on the link; survives a rename. */
public record ServerId(UUID value) {
  /**
   * Namespace of the ids that are made of site and name. Part of the data format: every row of a
   * server without an own id stands on it.
   */
  public static final UUID NAMESPACE = UUID.fromString("6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763");

  public ServerId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * The id of a server that was given none: version 5 (RFC 9562, section 5.5) of {@code site/name}
   * in {@link #NAMESPACE}. Neither part can hold a slash, so no two pairs share an id.
   */
  public static ServerId of(String site, String name) {
    return new ServerId(version5(NAMESPACE, site + "/" + name));
  }

  static UUID version5(UUID namespace, String name) {
    ByteBuffer hash =
        ByteBuffer.wrap(
            sha1()
                .digest(
                    concat(
                        ByteBuffer.allocate(Long.BYTES * 2)
                            .putLong(namespace.getMostSignificantBits())
                            .putLong(namespace.getLeastSignificantBits())
                            .array(),
                        name.getBytes(StandardCharsets.UTF_8))));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
