package io.muster.control.history;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Sights;
import io.muster.control.openapi.Answers;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;

/** How reaching a server went. */
@Controller("/api/v1/servers/{id}/history")
@Tag(name = "history")
final class ConnectionHistoryController {
  /** As long as hours are kept. */
  private static final int MAX_HOURS = 730 * 24;

  private static final String A_DAY = "24";
  private static final String ALL_ATTEMPTS = "" + ConnectionHistory.MAX_ATTEMPTS;

  private final Sights sights;
  private final ConnectionHistory history;

  ConnectionHistoryController(Sights sights, ConnectionHistory history) {
    this.sights = sights;
    this.history = history;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Tells how reaching a server went: each attempt, each hour, all together")
  ConnectionHistoryView show(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Parameter(description = "From the begin of the hour that was so many hours ago")
          @QueryValue(defaultValue = A_DAY)
          int hours,
      @Parameter(description = "At most so many attempts in `raw`, the newest")
          @QueryValue(defaultValue = ALL_ATTEMPTS)
          int attempts) {
    Fields fields = new Fields();
    if (hours < 1 || hours > MAX_HOURS) {
      fields.wrong("hours", "must be from 1 to " + MAX_HOURS);
    }
    if (attempts < 0 || attempts > ConnectionHistory.MAX_ATTEMPTS) {
      fields.wrong("attempts", "must be from 0 to " + ConnectionHistory.MAX_ATTEMPTS);
    }
    fields.check();
    return history.of(sights.of(caller).require(id).id(), hours, attempts, Instant.now());
  }
}
