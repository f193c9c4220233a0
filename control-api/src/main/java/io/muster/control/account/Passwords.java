package io.muster.control.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.muster.control.problem.Fields;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Hashes of passwords: bcrypt. */
@Singleton
final class Passwords {
  /** A quarter of a second of a processor for each guess. */
  private static final int COST = 12;

  /** Logins wait for each other rather than take every processor. */
  private static final int AT_ONCE = 2;

  private static final int MIN_CHARACTERS = 12;

  /** bcrypt looks at no more. */
  private static final int MAX_BYTES = 72;

  /** Without those that are read as others. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  /** 115 bits: nobody guesses one in its short life. */
  private static final int ONE_TIME_LENGTH = 20;

  /** Of a password that was thrown away. */
  private static final String NOBODYS =
      "$2a$12$DnIt0/QYyD5O9WO5qyf2v.8b29YV2EK67drKBzAN5eaCpncKCvYWC";

  private final SecureRandom random = new SecureRandom();
  private final Semaphore turns = new Semaphore(AT_ONCE);

  String oneTime() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < ONE_TIME_LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  String hash(String password) {
    turns.acquireUninterruptibly();
    try {
      return BCrypt.withDefaults().hashToString(COST, password.toCharArray());
    } finally {
      turns.release();
    }
  }

  /**
   * Whether {@code password} is the one that {@code hash} was made of.
   *
   * @param hash null = of nobody: takes as long as any, so that the time does not tell who exists
   */
  boolean matches(String password, @Nullable String hash) {
    boolean possible =
        hash != null && password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    turns.acquireUninterruptibly();
    try {
      boolean verified =
          BCrypt.verifyer()
              .verify(
                  (possible ? password : "").toCharArray(),
                  possible && hash != null ? hash : NOBODYS)
              .verified;
      return possible && verified;
    } finally {
      turns.release();
    }
  }

  /** Tells what a new password lacks. */
  static void check(Fields fields, String field, @Nullable String password) {
    if (password == null || password.isEmpty()) {
      fields.wrong(field, "is missing");
    } else if (password.codePointCount(0, password.length()) < MIN_CHARACTERS) {
      fields.wrong(field, "must have at least " + MIN_CHARACTERS + " characters");
    } else if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      fields.wrong(field, "must have at most " + MAX_BYTES + " bytes");
    }
  }
}
