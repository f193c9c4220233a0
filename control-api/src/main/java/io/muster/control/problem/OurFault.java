package io.muster.control.problem;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;

/** What nobody who asks can do anything about: they are told no more than that. */
final class OurFault {
  static final String CODE = "internal";
  static final String DETAIL = "Something went wrong here; the log says what.";

  private OurFault() {}

  static HttpResponse<?> answer() {
    return ProblemException.of(HttpStatus.INTERNAL_SERVER_ERROR, CODE, DETAIL).answer();
  }
}
