package io.muster.control.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A control API whose QuestDB is not there when it starts. */
class QuestDbAwayTest {
  private static final List<String> MEASURED =
      List.of(
          "/vms", "/nodes", "/infrastructure", "/infrastructure/clusters/x", "/metrics/current");

  /** The pool tries again at growing distances of up to ten seconds. */
  private static final Duration BACK_AGAIN = Duration.ofSeconds(30);

  @Test
  void whatIsMeasuredIsUnavailable_everythingElseGoesOn() throws IOException {
    try (ControlRig.Away away = ControlRig.startedWithoutQuestDb()) {
      Client admin = away.rig().home().admin();
      for (String path : MEASURED) {
        Answer answer = admin.get("/api/v1" + path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("history-unavailable");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      }
      assertThat(admin.get("/api/v1/servers").status()).isEqualTo(200);
      Answer status = admin.get("/api/v1/status");
      assertThat(status.status()).isEqualTo(200);
      assertThat(status.json().path("servers").path("total").asInt()).isZero();
      assertThat(status.json().path("vms").isNull()).isTrue();
      assertThat(status.json().path("error").asText()).isNotEmpty();

      away.questDbComes();

      Instant end = Instant.now().plus(BACK_AGAIN);
      while (admin.get("/api/v1/vms").status() != 200) {
        assertThat(Instant.now()).as("still unavailable").isBefore(end);
      }
      assertThat(admin.get("/api/v1/status").json().path("error").isNull()).isTrue();
    }
  }
}
