package io.muster.cli.api;

import org.jspecify.annotations.Nullable;

/** Who is speaking. */
interface Bearer {
  /**
   * The token to send, renewed when it is about to end.
   *
   * @return null = nobody yet, for the login itself
   */
  @Nullable String token();

  /** What to do when the API does not take it. */
  String adviceWhenRefused();

  /** Nobody yet. */
  static Bearer nobody() {
    return fixed(null, "");
  }

  /** A token of {@code MUSTER_TOKEN}. */
  static Bearer ofScript(String token) {
    return fixed(
        token,
        "MUSTER_TOKEN is not taken: it is wrong, revoked or over. Make another: muster tokens add");
  }

  private static Bearer fixed(@Nullable String token, String advice) {
    return new Bearer() {
      @Override
      public @Nullable String token() {
        return token;
      }

      @Override
      public String adviceWhenRefused() {
        return advice;
      }
    };
  }
}
