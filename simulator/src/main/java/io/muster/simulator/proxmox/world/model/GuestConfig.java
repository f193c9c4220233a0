package io.muster.simulator.proxmox.world.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A guest's configuration file: keys and values, and what can be read from them. */
public final class GuestConfig {
  private static final long MEBI = 1L << 20;
  private static final Pattern SIZE = Pattern.compile("(?:^|,)size=(\\d+(?:\\.\\d+)?)([KMGT]?)");
  private static final Pattern DISK_KEY = Pattern.compile("(?:scsi|virtio|ide|sata)\\d+|rootfs");
  private static final Pattern NIC_KEY = Pattern.compile("net\\d+");

  private final GuestType type;
  private final Map<String, Object> values;

  public GuestConfig(GuestType type, Map<String, Object> values) {
    this.type = type;
    this.values = new LinkedHashMap<>(values);
  }

  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  public void set(String key, Object value) {
    values.put(key, value);
  }

  public void remove(String key) {
    values.remove(key);
  }

  public void replaceAll(Map<String, Object> others) {
    values.clear();
    values.putAll(others);
  }

  /** The value's text, or null when the key is not set. */
  public @Nullable String text(String key) {
    Object value = values.get(key);
    return value == null ? null : value.toString();
  }

  public @Nullable String name() {
    return text(type == GuestType.LXC ? "hostname" : "name");
  }

  public boolean isSet(String flag) {
    String value = text(flag);
    return value != null && (value.equals("1") || value.startsWith("1,"));
  }

  /** All vCPUs. */
  public int cpus() {
    return number("cores", 1) * number("sockets", 1);
  }

  public long memoryBytes() {
    return number("memory", 512) * MEBI;
  }

  public long swapBytes() {
    return number("swap", 512) * MEBI;
  }

  /** Size of the first disk; 0 without one. */
  public long diskBytes() {
    return values.entrySet().stream()
        .filter(entry -> isDisk(entry.getKey(), entry.getValue().toString()))
        .mapToLong(entry -> size(entry.getValue().toString()))
        .findFirst()
        .orElse(0);
  }

  /** Key to value of all disks that are not CD drives. */
  public Map<String, String> disks() {
    Map<String, String> disks = new TreeMap<>();
    values.forEach((key, value) -> {
      if (isDisk(key, value.toString())) {
        disks.put(key, value.toString());
      }
    });
    return disks;
  }

  /** Numbers of the network cards. */
  public int nics() {
    return (int) values.keySet().stream().filter(key -> NIC_KEY.matcher(key).matches()).count();
  }

  /** SHA-1 of the file's text, as {@code digest} in answers. */
  public String digest() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }

  private int number(String key, int otherwise) {
    String value = text(key);
    if (value == null) {
      return otherwise;
    }
    Matcher digits = Pattern.compile("^(?:current=)?(\\d{1,9})").matcher(value);
    return digits.find() ? Integer.parseInt(digits.group(1)) : otherwise;
  }

  private static boolean isDisk(String key, String value) {
    return DISK_KEY.matcher(key).matches()
        && !value.contains("media=cdrom")
        && !value.contains("cloudinit");
  }

  private static long size(String value) {
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.find()) {
      return 0;
    }
    double number = Double.parseDouble(matcher.group(1));
    int power = "KMGT".indexOf(matcher.group(2).isEmpty() ? "?" : matcher.group(2)) + 1;
    return (long) (number * Math.pow(1024, power));
  }
}
