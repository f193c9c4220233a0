package io.muster.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With the log's own configuration, as the program has it. */
final class EarlyFramesTest {
  private static final String FORMAT =
      "Micronaut Server Error - No request state present. Cause: {}";

  private final Logger micronaut =
      (Logger) LoggerFactory.getLogger("io.micronaut.http.server.netty.RoutingInBoundHandler");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    micronaut.addAppender(log);
  }

  @AfterEach
  void leave() {
    micronaut.detachAppender(log);
  }

  @Test
  void frameThatCameTooEarly_isNoError() {
    say(
        new ClassCastException(
            "class io.netty.handler.codec.http.websocketx.TextWebSocketFrame cannot be cast to"
                + " class io.netty.handler.codec.http.HttpRequest (both are in unnamed module)"));

    assertThat(log.list).isEmpty();
  }

  @Test
  void everythingElse_isTold() {
    say(new ClassCastException("class java.lang.String cannot be cast to class java.lang.Long"));
    say(
        new IllegalStateException(
            "class io.netty.handler.codec.http.websocketx.TextWebSocketFrame"));
    micronaut.error("Unexpected error occurred");

    assertThat(log.list).hasSize(3);
  }

  /** As Micronaut does: the failure is the last of the arguments. */
  private void say(Exception failure) {
    micronaut.error(FORMAT, failure.getMessage(), failure);
  }
}
