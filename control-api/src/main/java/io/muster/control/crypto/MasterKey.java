package io.muster.control.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The installation's key. Never used itself: each use has a key made of it (HKDF, RFC 5869). */
public final class MasterKey {
  /** AES-256. */
  static final int BYTES = 32;

  private final SecretKey key;

  private MasterKey(byte[] key) {
    this.key = new SecretKeySpec(key, "Generic");
  }

  static MasterKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /**
   * Reads the form that {@link #text} writes.
   *
   * @throws IllegalArgumentException when it is no key; the message does not show it
   */
  static MasterKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not Base64");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "Base64 of %d bytes instead of %d".formatted(bytes.length, BYTES));
    }
    return new MasterKey(bytes);
  }

  String text() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** The key for one purpose; the same one each time. */
  public SecretKey derive(String purpose, String algorithm) {
    try {
      HKDFParameterSpec parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(key)
              .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HKDF", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
