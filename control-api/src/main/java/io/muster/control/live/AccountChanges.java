package io.muster.control.live;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** After each request that may change what somebody may see, those who read along are checked. */
@ServerFilter({
  "/api/v1/users/**",
  "/api/v1/tokens/**",
  "/api/v1/tenants/**",
  "/api/v1/me/**",
  "/api/v1/logout",
  "/api/v1/login/refresh"
})
final class AccountChanges {
  private final AccessWatch access;

  AccountChanges(AccessWatch access) {
    this.access = access;
  }

  @ResponseFilter
  void answered(HttpRequest<?> request) {
    if (request.getMethod() != HttpMethod.GET) {
      access.look();
    }
  }
}
