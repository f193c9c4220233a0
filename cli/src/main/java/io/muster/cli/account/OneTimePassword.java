package io.muster.cli.account;

import com.fasterxml.jackson.databind.JsonNode;

/** What to say of a password that the API made. */
final class OneTimePassword {
  private OneTimePassword() {}

  static String sentence(String user, JsonNode password) {
    return "%s signs in with %s the first time, and chooses another. It is not shown again."
        .formatted(user, password.asText());
  }
}
