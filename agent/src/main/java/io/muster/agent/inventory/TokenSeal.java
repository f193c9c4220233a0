package io.muster.agent.inventory;

import io.muster.protocol.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with a key of its own for each sealing, by HKDF-SHA-256 from the agent's token and a
 * random salt. Sealed: magic, salt, nonce, cipher text with its tag; magic and site are vouched
 * for.
 */
final class TokenSeal {
  private static final byte[] MAGIC = "MUSTER-INVENTORY-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PURPOSE =
      "muster agent: the kept inventory".getBytes(StandardCharsets.US_ASCII);

  /** As long as the hash, which RFC 5869 (3.1) recommends. */
  private static final int SALT_BYTES = 32;

  /** What GCM takes without hashing it first. */
  private static final int NONCE_BYTES = 12;

  private static final int KEY_BYTES = 32;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final Secret token;
  private final byte[] site;

  TokenSeal(Secret token, String site) {
    this.token = token;
    this.site = site.getBytes(StandardCharsets.UTF_8);
  }

  byte[] close(byte[] clear) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, salt, nonce).doFinal(clear);
      return ByteBuffer.allocate(MAGIC.length + SALT_BYTES + NONCE_BYTES + sealed.length)
          .put(MAGIC)
          .put(salt)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has AES-GCM and HKDF", e);
    }
  }

  /** Null = it was not closed with this token and site, or is damaged. */
  byte @Nullable [] open(byte[] sealed) {
    if (sealed.length < MAGIC.length + SALT_BYTES + NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(sealed);
    byte[] magic = new byte[MAGIC.length];
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    from.get(magic).get(salt).get(nonce);
    if (!Arrays.equals(magic, MAGIC)) {
      return null;
    }
    byte[] rest = new byte[from.remaining()];
    from.get(rest);
    try {
      return cipher(Cipher.DECRYPT_MODE, salt, nonce).doFinal(rest);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has AES-GCM and HKDF", e);
    }
  }

  private Cipher cipher(int mode, byte[] salt, byte[] nonce) throws GeneralSecurityException {
    SecretKey key =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "AES",
                HKDFParameterSpec.ofExtract()
                    .addIKM(token.reveal().getBytes(StandardCharsets.UTF_8))
                    .addSalt(salt)
                    .thenExpand(PURPOSE, KEY_BYTES));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(MAGIC);
    cipher.updateAAD(site);
    return cipher;
  }
}
