package io.muster.control.live;

import java.util.Locale;

/** Why a reader has to read anew what it wants to know. */
enum Reset {
  TOO_OLD("What happened since that id is not kept any more: read anew."),
  TOO_SLOW("More happened than was taken: read anew, and connect again."),
  ACCESS_CHANGED("What you may see has changed: read anew, and connect again."),
  ACCESS_ENDED("The login or token is not good any more: sign in again.");

  private final String detail;

  Reset(String detail) {
    this.detail = detail;
  }

  Views.Reset view() {
    return new Views.Reset(name().toLowerCase(Locale.ROOT).replace('_', '-'), detail);
  }
}
