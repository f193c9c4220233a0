package io.muster.simulator.openstack.compute;

import java.security.SecureRandom;

/** What Nova makes up for a machine's administrator. */
final class Passwords {
  /** Nova's default password_length. */
  private static final int LENGTH = 12;

  /** Without those that look alike. */
  private static final String SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  static String some() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
    }
    return text.toString();
  }
}
