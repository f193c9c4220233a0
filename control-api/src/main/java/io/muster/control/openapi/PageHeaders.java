package io.muster.control.openapi;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** The pages of the API's description load from here alone and stand in nobody's frame. */
@ServerFilter("/swagger-ui/**")
final class PageHeaders {
  // The page has its own start and styles within it; its icons are in its styles.
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

  @ResponseFilter
  void mark(MutableHttpResponse<?> response) {
    response.header("Content-Security-Policy", POLICY);
    response.header("Referrer-Policy", "no-referrer");
    response.header("X-Content-Type-Options", "nosniff");
  }
}
