package io.muster.agent.management;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.muster.agent.link.LinkStatus;
import io.muster.agent.metrics.WriterStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /health}: of the agent, and of what it reads. A server that is down is not the agent's.
 */
@Controller("/health")
final class HealthController {
  private final Insight insight;

  HealthController(Insight insight) {
    this.insight = insight;
  }

  /** 200 when the agent can do its work, 503 until then. */
  @Get
  HttpResponse<HealthView> health() {
    return readiness();
  }

  /** 200 as long as the process answers. */
  @Get("/liveness")
  HealthView liveness() {
    return new HealthView(HealthView.UP, List.of());
  }

  /** 200 once the inventory is loaded and QuestDB was seen with our tables; 503 until then. */
  @Get("/readiness")
  HttpResponse<HealthView> readiness() {
    WriterStatus writer = insight.writer();
    boolean seen = writer.connected() || writer.lastAcknowledgedAt() != null;
    boolean ready = seen && insight.inventoryKnown();
    List<HealthView.Check> checks = new ArrayList<>();
    checks.add(
        new HealthView.Check(
            "inventory",
            word(insight.inventoryKnown()),
            insight.inventoryKnown()
                ? counted(insight.servers().size())
                : "none from the control API yet"));
    checks.add(new HealthView.Check("questdb", word(writer.connected()), writer.problem()));
    LinkStatus link = insight.link();
    if (link != null) {
      // An agent without its link does its work.
      checks.add(new HealthView.Check("link", word(link.connected()), link.problem()));
    }
    return HttpResponse.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new HealthView(word(ready), checks));
  }

  private static String word(boolean well) {
    return well ? HealthView.UP : HealthView.DOWN;
  }

  private static String counted(int servers) {
    return servers + (servers == 1 ? " server" : " servers");
  }

  /** Always 200: each server's own status is in the answer. */
  @Get("/providers")
  List<ProviderHealthView> providers() {
    Instant now = Instant.now();
    return insight.servers().stream().map(s -> ProviderHealthView.of(s, now)).toList();
  }
}
