package io.muster.control.caller;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Answers of the API are for who asked: no cache keeps them, no browser guesses what they are. */
@ServerFilter("/api/**")
final class NoStore {
  @ResponseFilter
  void mark(MutableHttpResponse<?> response) {
    response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    response.header("X-Content-Type-Options", "nosniff");
  }
}
