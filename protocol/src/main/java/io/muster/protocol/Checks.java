package io.muster.protocol;

import java.net.URI;
import java.util.Set;

/** Checks that several records share; messages name the key and never show a secret. */
final class Checks {
  private Checks() {}

  static String notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " must not be empty");
    }
    return value;
  }

  /** An absolute address of a host, without user, query and fragment. */
  static URI address(String key, URI value, Set<String> schemes) {
    if (value.getScheme() == null || !schemes.contains(value.getScheme())) {
      throw new IllegalArgumentException(
          key + " must start with " + String.join(":// or ", schemes) + "://");
    }
    if (value.getHost() == null) {
      throw new IllegalArgumentException(key + " must name a host");
    }
    if (value.getRawUserInfo() != null) {
      throw new IllegalArgumentException(key + " must not hold a user or password");
    }
    if (value.getRawQuery() != null || value.getRawFragment() != null) {
      throw new IllegalArgumentException(key + " must not have a query or fragment");
    }
    return value;
  }
}
