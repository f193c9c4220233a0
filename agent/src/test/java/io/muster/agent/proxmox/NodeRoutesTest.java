package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NodeRoutesTest {
  private final Members members = new Members(List.of(URI.create("https://127.0.0.1:1")));
  private final NodeRoutes routes =
      new NodeRoutes(Map.of(), members, new Tls(Servers.unverified()));

  /** Its export keeps 30 minutes: what is asked later than that is lost. */
  @Test
  void nodeThatHungFor28Minutes_isAskedWhileItsExportStillHasThem() {
    Instant begin = Instant.parse("2026-11-20T10:00:00Z");
    Instant recovered = begin.plus(Duration.ofMinutes(28));
    Instant asked = begin;
    while (asked.isBefore(recovered)) {
      routes.failedThroughMember("pve2", FailureClassifier.deadline("GET /"), asked);
      asked = Objects.requireNonNull(routes.resting("pve2", asked)).until();
    }

    assertThat(Duration.between(begin, asked)).isLessThan(Duration.ofMinutes(30));
  }
}
