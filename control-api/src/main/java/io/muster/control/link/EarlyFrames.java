package io.muster.control.link;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps one harmless line out of the log. Micronaut tells of a WebSocket's opening, and so lets us
 * say the first word, while another thread is still about to put the WebSocket's handler in the
 * place of HTTP's: an agent that answers at once meets the latter, which says ERROR and drops the
 * frame. Nothing is lost by that: an agent says hello to each heart-beat until it is answered.
 */
public final class EarlyFrames extends TurboFilter {
  private static final String WHO = "io.micronaut.http.server.netty.RoutingInBoundHandler";
  private static final String FRAME = "io.netty.handler.codec.http.websocketx.";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    if (arguments == null || !logger.getName().equals(WHO)) {
      return FilterReply.NEUTRAL;
    }
    for (Object argument : arguments) {
      if (argument instanceof ClassCastException cast
          && String.valueOf(cast.getMessage()).startsWith("class " + FRAME)) {
        return FilterReply.DENY;
      }
    }
    return FilterReply.NEUTRAL;
  }
}
