package io.muster.control.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** A known text, sealed: it opens with the key that the database's secrets are sealed with. */
final class KeyCheck {
  static final String NAME = "key-check";

  /** No row's id. */
  private static final UUID NOBODY = new UUID(0, 0);

  private static final byte[] TEXT = "muster".getBytes(StandardCharsets.UTF_8);

  private KeyCheck() {}

  static Installation sealedWith(MasterKey key) {
    return new Installation(
        NAME, Base64.getEncoder().encodeToString(new AesGcmBox(key).seal(NOBODY, TEXT)));
  }

  static boolean opens(MasterKey key, Installation check) {
    try {
      return Arrays.equals(
          new AesGcmBox(key).open(NOBODY, Base64.getDecoder().decode(check.content())), TEXT);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }
}
