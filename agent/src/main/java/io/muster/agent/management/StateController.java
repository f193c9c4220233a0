package io.muster.agent.management;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Instant;

/** {@code /state}: all that the agent knows of itself and its servers; never a secret. */
@Controller("/state")
final class StateController {
  private final Insight insight;

  StateController(Insight insight) {
    this.insight = insight;
  }

  @Get
  StateView state() {
    Instant now = Instant.now();
    Insight.About about = insight.about();
    return new StateView(
        about.agentId().toString(),
        about.version(),
        about.site(),
        about.startedAt().toString(),
        insight.inventoryProblems(),
        LinkView.of(insight.link()),
        insight.servers().stream().map(server -> ServerView.of(server, now)).toList(),
        WriterView.of(insight.writer()));
  }
}
