package io.muster.control.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A control API whose QuestDB is not there when it starts. */
class QuestDbAwayTest {
  private static final List<String> MEASURED =
      List.of(
          "/vms", "/nodes", "/infrastructure", "/infrastructure/clusters/x", "/metrics/current");

  private static final String STATUS = "/status";

  /** The pool tries again at growing distances of up to ten seconds. */
  private static final Duration BACK_AGAIN = Duration.ofSeconds(30);

  @Test
  void whatIsMeasuredIsUnavailable_everythingElseGoesOn() throws IOException {
    try (ControlRig.Away away = ControlRig.startedWithoutQuestDb()) {
      Client admin = away.rig().home().admin();
      Map<String, Answer> answers = new ConcurrentHashMap<>();
      // All at once: each waits until QuestDB has had its time to answer.
      try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (String path : MEASURED) {
          askers.execute(() -> answers.put(path, admin.get("/api/v1" + path)));
        }
        askers.execute(() -> answers.put(STATUS, admin.get("/api/v1" + STATUS)));
        assertThat(admin.get("/api/v1/servers").status()).isEqualTo(200);
      }
      Answer status = Objects.requireNonNull(answers.remove(STATUS));
      assertThat(answers).containsOnlyKeys(MEASURED);
      for (Answer answer : answers.values()) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("history-unavailable");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      }
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
