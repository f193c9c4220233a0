package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody chose. */
final class Passwords {
  /** 144 bits: out of reach of guessing, and a whole number of Base64 characters. */
  private static final int RANDOM_BYTES = 18;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  /**
   * Letters, digits, {@code -} and {@code _} only: it stands in URLs and shells without quoting.
   */
  static Secret random() {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
