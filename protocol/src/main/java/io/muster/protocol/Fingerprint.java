package io.muster.protocol;

import java.util.HexFormat;
import java.util.Locale;

/** SHA-256 of a certificate: upper-case hexadecimal in pairs with colons, as Proxmox prints it. */
public record Fingerprint(String value) {
  private static final int SHA256_BYTES = 32;

  public Fingerprint {
    String hex = value.replace(":", "").replace(" ", "").toUpperCase(Locale.ROOT);
    if (hex.length() != SHA256_BYTES * 2
        || !hex.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
      throw new IllegalArgumentException(
          "not a SHA-256 fingerprint (64 hexadecimal digits, colons optional): " + value);
    }
    value = HexFormat.ofDelimiter(":").withUpperCase().formatHex(HexFormat.of().parseHex(hex));
  }

  /** The fingerprint of a SHA-256 digest of 32 bytes. */
  public static Fingerprint ofDigest(byte[] sha256) {
    return new Fingerprint(HexFormat.of().formatHex(sha256));
  }

  @Override
  public String toString() {
    return value;
  }
}
