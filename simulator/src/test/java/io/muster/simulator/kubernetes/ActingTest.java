package io.muster.simulator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients change, and what the controllers make of it. */
class ActingTest {
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  @SuppressWarnings("NullAway.Init")
  private static SimulatedKubernetes cluster;

  @SuppressWarnings("NullAway.Init")
  private static KubeClient operator;

  @SuppressWarnings("NullAway.Init")
  private static KubeClient admin;

  @BeforeAll
  static void start() throws IOException {
    cluster =
        SimulatedKubernetes.start(
            KubernetesSettings.forTests(3, 64).deployments(12).namespaces(4).build());
    operator = new KubeClient(cluster, cluster.operatorToken());
    admin = new KubeClient(cluster, cluster.adminToken());
  }

  @AfterAll
  static void stop() {
    operator.close();
    admin.close();
    cluster.close();
  }

  private static String deployment(String namespace, String name) {
    return "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name;
  }

  private static List<String> pods(String namespace, String app) {
    return operator.names("/api/v1/namespaces/" + namespace + "/pods?labelSelector=app%3D" + app);
  }

  @Test
  void deletedPod_isFollowedByAnotherOne() {
    List<String> before = pods("shop", "web");
    String victim = before.getFirst();

    KubeClient.Answer answer =
        operator.send("DELETE", "/api/v1/namespaces/shop/pods/" + victim, MERGE, "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("metadata").path("deletionTimestamp").asText()).isNotEmpty();
    Eventually.holds(() ->
        assertThat(pods("shop", "web"))
            .hasSameSizeAs(before)
            .doesNotContain(victim)
            .containsAll(before.subList(1, before.size())));
  }

  @Test
  void scale_takesPodsAwayAndBrings() {
    String path = deployment("payments", "web") + "/scale";
    assertThat(operator.send("PATCH", path, MERGE, "{\"spec\":{\"replicas\":1}}").status())
        .isEqualTo(200);
    Eventually.holds(() -> assertThat(pods("payments", "web")).hasSize(1));

    operator.send("PATCH", path, MERGE, "{\"spec\":{\"replicas\":7}}");

    Eventually.holds(() -> {
      JsonNode status = operator.get(deployment("payments", "web")).json().path("status");
      assertThat(status.path("readyReplicas").asInt()).isEqualTo(7);
      assertThat(operator.get(path).json().path("status").path("replicas").asInt()).isEqualTo(7);
    });
  }

  @Test
  void restart_rollsOutANewReplicaSetStepByStep() throws IOException, InterruptedException {
    String path = deployment("search", "web");
    JsonNode before = operator.get(path).json();
    int wished = before.path("spec").path("replicas").asInt();
    String version = before.path("metadata").path("resourceVersion").asText();
    List<String> old = pods("search", "web");
    try (KubeClient.Watch watch =
        operator.watch(
            "/apis/apps/v1/namespaces/search/deployments?watch=true&resourceVersion="
                + version
                + "&fieldSelector=metadata.name%3Dweb")) {
      KubeClient.Answer answer =
          operator.send(
              "PATCH",
              path,
              STRATEGIC,
              "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":"
                  + "{\"kubectl.kubernetes.io/restartedAt\":\"2026-11-21T12:00:00Z\"}}}}}");
      assertThat(answer.status()).isEqualTo(200);
      long generation = answer.json().path("metadata").path("generation").asLong();
      boolean between = false;
      while (true) {
        JsonNode now = watch.next("MODIFIED").path("object");
        JsonNode status = now.path("status");
        int updated = status.path("updatedReplicas").asInt();
        between |= updated > 0 && updated < wished;
        boolean done =
            status.path("observedGeneration").asLong() >= generation
                && updated == wished
                && status.path("replicas").asInt() == wished
                && status.path("availableReplicas").asInt() == wished;
        if (done) {
          break;
        }
      }
      assertThat(between).as("a state between").isTrue();
    }
    Eventually.holds(
        () -> assertThat(pods("search", "web")).hasSize(wished).doesNotContainAnyElementsOf(old));
    assertThat(
            operator.names("/apis/apps/v1/namespaces/search/replicasets?labelSelector=app%3Dweb"))
        .hasSize(2);
  }

  @Test
  void staleVersion_isAConflict() {
    String path = deployment("platform", "web");
    JsonNode read = operator.get(path).json();
    String version = read.path("metadata").path("resourceVersion").asText();
    String patch =
        "{\"metadata\":{\"resourceVersion\":\"%s\",\"labels\":{\"a\":\"b\"}}}".formatted(version);
    assertThat(operator.send("PATCH", path, MERGE, patch).status()).isEqualTo(200);

    KubeClient.Answer answer = operator.send("PATCH", path, MERGE, patch);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("message").asText())
        .isEqualTo(
            "Operation cannot be fulfilled on deployments.apps \"web\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void jsonPatch_changesOneThing() {
    String path = deployment("platform", "api");
    KubeClient.Answer answer =
        admin.send(
            "PATCH",
            path,
            "application/json-patch+json",
            "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2}]");
    assertThat(answer.json().path("spec").path("replicas").asInt()).isEqualTo(2);
    assertThat(
            admin
                .send(
                    "PATCH",
                    path,
                    "application/json-patch+json",
                    "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":9}]")
                .status())
        .isEqualTo(422);
  }

  @Test
  void unknownPod_isNotFound() {
    KubeClient.Answer answer =
        operator.send("DELETE", "/api/v1/namespaces/shop/pods/none", MERGE, "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("message").asText()).isEqualTo("pods \"none\" not found");
  }
}
