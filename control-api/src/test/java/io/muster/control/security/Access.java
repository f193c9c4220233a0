package io.muster.control.security;

import io.muster.control.caller.Role;

/** Who a route is for. */
enum Access {
  ANYBODY,
  /** People who are signed in, with their one-time password too; no scripts. */
  SELF,
  VIEWER,
  OPERATOR,
  ADMIN,
  AGENT;

  /** Whether somebody who is signed in with this role gets in. */
  boolean admits(Role role) {
    return switch (this) {
      case ANYBODY, SELF, VIEWER -> true;
      case OPERATOR -> role.includes(Role.OPERATOR);
      case ADMIN -> role.includes(Role.ADMIN);
      case AGENT -> false;
    };
  }
}
