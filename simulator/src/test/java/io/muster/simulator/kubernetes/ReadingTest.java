package io.muster.simulator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists, pages, selectors, measurements and who may see them. */
class ReadingTest {
  @SuppressWarnings("NullAway.Init")
  private static SimulatedKubernetes cluster;

  @SuppressWarnings("NullAway.Init")
  private static KubeClient reader;

  @BeforeAll
  static void start() throws IOException {
    cluster =
        SimulatedKubernetes.start(
            KubernetesSettings.forTests(3, 120).deployments(12).troubles(true).build());
    reader = new KubeClient(cluster, cluster.readerToken());
  }

  @AfterAll
  static void stop() {
    reader.close();
    cluster.close();
  }

  @Test
  void list_hasEverythingThatWasAskedFor() {
    assertThat(reader.names("/api/v1/nodes")).containsExactly("node-1", "node-2", "node-3");
    assertThat(reader.names("/api/v1/pods")).hasSize(120);
    assertThat(reader.names("/apis/apps/v1/deployments")).hasSize(12);
  }

  @Test
  void sameSeed_givesTheSameCluster() throws IOException {
    try (SimulatedKubernetes other =
            SimulatedKubernetes.start(
                KubernetesSettings.forTests(3, 120).deployments(12).troubles(true).build());
        KubeClient client = new KubeClient(other, other.readerToken())) {
      assertThat(client.names("/apis/apps/v1/replicasets"))
          .isEqualTo(reader.names("/apis/apps/v1/replicasets"));
      assertThat(client.names("/api/v1/namespaces/shop/pods"))
          .filteredOn(name -> !name.startsWith("nightly"))
          .isEqualTo(
              reader.names("/api/v1/namespaces/shop/pods").stream()
                  .filter(name -> !name.startsWith("nightly"))
                  .toList());
    }
  }

  @Test
  void pages_areOfOneMomentAndTellWhatIsLeft() {
    JsonNode first = reader.get("/api/v1/pods?limit=50").json();
    assertThat(first.path("metadata").path("remainingItemCount").asInt()).isEqualTo(70);
    List<String> names = new ArrayList<>(KubeClient.names(first));
    String next = first.path("metadata").path("continue").asText();
    while (!next.isEmpty()) {
      JsonNode page = reader.get("/api/v1/pods?limit=50&continue=" + next).json();
      assertThat(page.path("metadata").path("resourceVersion"))
          .isEqualTo(first.path("metadata").path("resourceVersion"));
      names.addAll(KubeClient.names(page));
      next = page.path("metadata").path("continue").asText();
    }
    assertThat(names).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void selectors_chooseByLabelsAndFields() {
    List<String> onNode = reader.names("/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-2");
    assertThat(onNode).isNotEmpty().hasSizeLessThan(120);
    assertThat(reader.names("/api/v1/pods?labelSelector=app%20in%20(web)"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("web-"));
    assertThat(reader.names("/api/v1/pods?labelSelector=!app")).isEmpty();
    assertThat(reader.get("/api/v1/pods?fieldSelector=spec.colour%3Dred").json().path("message"))
        .hasToString(
            "\"Unable to find \\\"/v1, Resource=pods\\\" that match label selector \\\"\\\", field"
                + " selector \\\"spec.colour=red\\\": field label not supported: spec.colour\"");
  }

  @Test
  void troubles_areThereFromTheStart() {
    JsonNode pods = reader.get("/api/v1/pods").json();
    assertThat(pods.path("items").findValuesAsText("reason"))
        .contains("CrashLoopBackOff", "OOMKilled", "ImagePullBackOff", "Unschedulable");
    assertThat(reader.names("/api/v1/pods?fieldSelector=status.phase%3DSucceeded")).isNotEmpty();
  }

  @Test
  void metrics_areOfNodesAndOfPodsThatRun() {
    JsonNode nodes = reader.get("/apis/metrics.k8s.io/v1beta1/nodes").json();
    assertThat(KubeClient.names(nodes)).containsExactly("node-1", "node-2", "node-3");
    JsonNode pods = reader.get("/apis/metrics.k8s.io/v1beta1/pods").json();
    int running = reader.names("/api/v1/pods?fieldSelector=status.phase%3DRunning").size();
    assertThat(pods.path("items").size()).isBetween(running - 4, running);
    JsonNode pod = pods.path("items").path(0);
    assertThat(pod.path("window").asText()).isEqualTo("15.0s");
    assertThat(pod.path("containers").path(0).path("usage").path("cpu").asText()).matches("\\d+n");
    assertThat(pod.path("containers").path(0).path("usage").path("memory").asText())
        .matches("\\d+Ki");
  }

  @Test
  void role_isHeldToItsVerbs() {
    assertThat(reader.get("/api/v1/secrets").json().path("message").asText())
        .isEqualTo(
            "secrets is forbidden: User \"system:serviceaccount:muster:muster-agent\" cannot list"
                + " resource \"secrets\" in API group \"\" at the cluster scope");
    KubeClient.Answer deletion =
        reader.send("DELETE", "/api/v1/namespaces/shop/pods/x", "application/json", "");
    assertThat(deletion.status()).isEqualTo(403);
    assertThat(deletion.json().path("message").asText())
        .isEqualTo(
            "pods \"x\" is forbidden: User \"system:serviceaccount:muster:muster-agent\" cannot"
                + " delete resource \"pods\" in API group \"\" in the namespace \"shop\"");
  }

  @Test
  void namespacedToken_seesItsNamespaceOnly() {
    try (KubeClient client = new KubeClient(cluster, cluster.namespacedToken())) {
      assertThat(client.get("/api/v1/nodes").status()).isEqualTo(403);
      assertThat(client.get("/api/v1/pods").status()).isEqualTo(403);
      assertThat(client.names("/api/v1/namespaces/" + cluster.namespace() + "/pods")).isNotEmpty();
      assertThat(client.get("/api/v1/namespaces/kube-system/pods").status()).isEqualTo(403);
    }
  }

  @Test
  void unknownToken_isUnauthorized() {
    try (KubeClient client = new KubeClient(cluster, "nonsense")) {
      KubeClient.Answer answer = client.get("/api/v1/nodes");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("reason").asText()).isEqualTo("Unauthorized");
    }
  }

  @Test
  void accessReview_tellsWhatIsAllowed() {
    assertThat(allowed("list", "pods", "")).isTrue();
    assertThat(allowed("get", "nodes", "stats")).isTrue();
    assertThat(allowed("create", "pods", "exec")).isFalse();
  }

  private static boolean allowed(String verb, String resource, String subresource) {
    KubeClient.Answer answer =
        reader.send(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "application/json",
            """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",
            "spec":{"resourceAttributes":{"verb":"%s","resource":"%s","subresource":"%s"}}}\
            """
                .formatted(verb, resource, subresource));
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().path("status").path("allowed").asBoolean();
  }

  @Test
  void watchList_givesEverythingAndSaysWhenThatIsAll() throws IOException, InterruptedException {
    try (KubeClient.Watch watch =
        reader.watch(
            "/api/v1/nodes?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan")) {
      for (int i = 1; i <= 3; i++) {
        assertThat(watch.next("ADDED").at("/object/metadata/name").asText()).isEqualTo("node-" + i);
      }
      assertThat(
              watch
                  .next("BOOKMARK")
                  .at("/object/metadata/annotations/k8s.io~1initial-events-end")
                  .asText())
          .isEqualTo("true");
    }
  }

  private static KubeClient kubelet(String token) {
    JsonNode status = reader.get("/api/v1/nodes/node-2").json().path("status");
    URI address =
        URI.create(
            "https://%s:%d"
                .formatted(
                    status.at("/addresses/0/address").asText(),
                    status.at("/daemonEndpoints/kubeletEndpoint/Port").asInt()));
    return new KubeClient(address, cluster.authorityPem(), token);
  }

  @Test
  void kubelet_tellsWhatItsPodsTake() {
    try (KubeClient kubelet = kubelet(cluster.readerToken())) {
      String pod =
          reader
              .names("/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-2,status.phase%3DRunning")
              .getFirst();
      assertThat(kubelet.get("/metrics/resource").text())
          .contains("container_memory_working_set_bytes{container=", "pod=\"" + pod + "\"")
          .containsPattern("node_cpu_usage_seconds_total \\d+\\.\\d+ \\d{13}");
      JsonNode summary = kubelet.get("/stats/summary").json();
      assertThat(summary.at("/node/fs/capacityBytes").asLong()).isPositive();
      assertThat(summary.path("pods").findValuesAsText("name")).contains(pod);
      assertThat(summary.at("/pods/0/network/rxBytes").asLong()).isPositive();
    }
  }

  @Test
  void kubelet_asksWhoIsThere() {
    try (KubeClient nobody = kubelet("");
        KubeClient other = kubelet(cluster.namespacedToken())) {
      assertThat(nobody.get("/stats/summary").status()).isEqualTo(401);
      assertThat(other.get("/stats/summary").text())
          .isEqualTo(
              "Forbidden (user=system:serviceaccount:muster:muster-namespaced, verb=get,"
                  + " resource=nodes, subresource(s)=[stats])");
    }
  }
}
