package io.muster.control.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's reader of forms counts on a boundary and on parameters where a broken form has none, and
 * fails as if it were our bug. One of ours stays one.
 */
@Singleton
@Produces(MediaType.APPLICATION_JSON_PROBLEM)
final class BrokenFormHandler
    implements ExceptionHandler<IndexOutOfBoundsException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenFormHandler.class);
  private static final String READER = "io.netty.handler.codec.http.multipart.";

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public HttpResponse<?> handle(HttpRequest request, IndexOutOfBoundsException failure) {
    if (thrower(failure).startsWith(READER)) {
      return UnreadableContent.answer();
    }
    LOG.error("Cannot answer {} {}", request.getMethodName(), request.getPath(), failure);
    return OurFault.answer();
  }

  /** Whose code failed; the JDK's own checks are not it. */
  private static String thrower(Exception failure) {
    return Arrays.stream(failure.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .findFirst()
        .orElse("");
  }
}
