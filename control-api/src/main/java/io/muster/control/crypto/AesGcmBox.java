package io.muster.control.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM: {@code version (1) | nonce (12) | content and tag}, the owner as associated data.
 */
final class AesGcmBox implements SecretBox {
  private static final byte VERSION = 1;

  /** What GCM is made for; random ones are safe for four thousand million boxes of one key. */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + NONCE_BYTES;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  AesGcmBox(MasterKey master) {
    key = master.derive("muster: secrets at rest", "AES");
  }

  @Override
  public byte[] seal(UUID owner, byte[] content) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(content);
      return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot seal the secrets of " + owner, e);
    }
  }

  @Override
  public byte[] open(UUID owner, byte[] box) {
    if (box.length <= HEAD_BYTES || box[0] != VERSION) {
      throw new IllegalStateException("The sealed secrets of " + owner + " are no box of ours");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(box, 1, HEAD_BYTES), owner)
          .doFinal(box, HEAD_BYTES, box.length - HEAD_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The sealed secrets of "
              + owner
              + " don't open: they are damaged, of another row or of another key",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, UUID owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        ByteBuffer.allocate(Long.BYTES * 2)
            .putLong(owner.getMostSignificantBits())
            .putLong(owner.getLeastSignificantBits())
            .flip());
    return cipher;
  }
}
