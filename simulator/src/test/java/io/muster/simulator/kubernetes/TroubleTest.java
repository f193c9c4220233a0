package io.muster.simulator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.Eventually;
import io.muster.simulator.control.ControlServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to the cluster through its control endpoint, as clients see it. */
class TroubleTest {
  private static final String WEB = "/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb";

  @SuppressWarnings("NullAway.Init")
  private SimulatedKubernetes cluster;

  @SuppressWarnings("NullAway.Init")
  private ControlServer control;

  @SuppressWarnings("NullAway.Init")
  private KubeClient reader;

  @BeforeEach
  void start() throws IOException {
    cluster =
        SimulatedKubernetes.start(
            KubernetesSettings.forTests(3, 60).deployments(8).namespaces(2).build());
    control = ControlServer.start(0, KubernetesVerbs.of(cluster));
    reader = new KubeClient(cluster, cluster.readerToken());
  }

  @AfterEach
  void stop() {
    reader.close();
    control.close();
    cluster.close();
  }

  private JsonNode control(String method, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(control.url() + path))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String pod() {
    return reader.names(WEB).getFirst();
  }

  private JsonNode status(String pod) {
    return reader.get("/api/v1/namespaces/shop/pods/" + pod).json().path("status");
  }

  @Test
  void crash_backsOffAndCountsRestarts() {
    String pod = pod();
    control("POST", "/pods/shop/" + pod + "/oom");

    Eventually.holds(() -> {
      JsonNode container = status(pod).path("containerStatuses").path(0);
      assertThat(container.at("/state/waiting/reason").asText()).isEqualTo("CrashLoopBackOff");
      assertThat(container.at("/lastState/terminated/exitCode").asInt()).isEqualTo(137);
      assertThat(container.path("restartCount").asInt()).isGreaterThan(1);
    });
    assertThat(status(pod).path("phase").asText()).isEqualTo("Running");
    assertThat(
            reader
                .get("/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3D" + pod)
                .json()
                .path("items")
                .findValuesAsText("reason"))
        .contains("BackOff");
    control("POST", "/pods/shop/" + pod + "/recover");
    assertThat(status(pod).path("containerStatuses").path(0).path("ready").asBoolean()).isTrue();
  }

  @Test
  void evictedPod_staysAsFailedAndIsReplaced() {
    int before = reader.names(WEB).size();
    String pod = pod();
    control("POST", "/pods/shop/" + pod + "/evict");

    assertThat(status(pod).path("phase").asText()).isEqualTo("Failed");
    assertThat(status(pod).path("reason").asText()).isEqualTo("Evicted");
    Eventually.holds(() -> assertThat(reader.names(WEB)).hasSize(before + 1).contains(pod));
  }

  @Test
  void pendingAndImagePull_sayWhatTheyWaitFor() {
    String pod = pod();
    control("POST", "/pods/shop/" + pod + "/image-pull");
    Eventually.holds(() ->
        assertThat(status(pod).at("/containerStatuses/0/state/waiting/reason").asText())
            .isEqualTo("ImagePullBackOff"));
    control("POST", "/pods/shop/" + pod + "/pend");
    assertThat(status(pod).path("conditions").toString()).contains("Unschedulable");
    assertThat(status(pod).path("phase").asText()).isEqualTo("Pending");
  }

  @Test
  void silentNode_isNotReadyAfterItsGraceAndItsPodsToo() {
    control("POST", "/nodes/node-2/silence");

    Eventually.holds(() -> assertThat(ready("node-2")).isEqualTo("Unknown NodeStatusUnknown"));
    assertThat(reader.names("/apis/metrics.k8s.io/v1beta1/nodes"))
        .containsExactly("node-1", "node-3");
    assertThat(reader.get("/api/v1/events").json().path("items").findValuesAsText("reason"))
        .contains("NodeNotReady");

    control("POST", "/nodes/node-2/recover");
    assertThat(ready("node-2")).isEqualTo("True KubeletReady");
  }

  private String ready(String node) {
    for (JsonNode condition :
        reader.get("/api/v1/nodes/" + node).json().path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText() + " " + condition.path("reason").asText();
      }
    }
    return "";
  }

  @Test
  void compaction_endsWatchesFromOlderVersionsAndPages() throws IOException, InterruptedException {
    JsonNode page = reader.get("/api/v1/pods?limit=10").json();
    String version = page.path("metadata").path("resourceVersion").asText();
    control("POST", "/pods/shop/" + pod() + "/crash");
    control("POST", "/compact");

    try (KubeClient.Watch watch =
        reader.watch("/api/v1/pods?watch=true&resourceVersion=" + version)) {
      JsonNode error = watch.next("ERROR").path("object");
      assertThat(error.path("code").asInt()).isEqualTo(410);
      assertThat(error.path("reason").asText()).isEqualTo("Expired");
      assertThat(error.path("message").asText()).startsWith("too old resource version: ");
    }
    KubeClient.Answer next =
        reader.get(
            "/api/v1/pods?limit=10&continue=" + page.path("metadata").path("continue").asText());
    assertThat(next.status()).isEqualTo(410);
  }

  @Test
  void watch_seesOnlyWhatItsSelectorChooses() throws IOException, InterruptedException {
    String pod = pod();
    String version =
        reader.get("/api/v1/pods?limit=1").json().at("/metadata/resourceVersion").asText();
    try (KubeClient.Watch watch =
        reader.watch(
            "/api/v1/namespaces/shop/pods?watch=true&fieldSelector=status.phase%3DFailed"
                + "&resourceVersion="
                + version)) {
      control("POST", "/pods/shop/" + pod + "/evict");
      assertThat(watch.next("ADDED").at("/object/metadata/name").asText()).isEqualTo(pod);
    }
  }

  @Test
  void bookmarks_comeWhenNothingElseDoes() throws IOException, InterruptedException {
    try (KubeClient.Watch watch =
        reader.watch("/api/v1/nodes?watch=true&allowWatchBookmarks=true&resourceVersion=1")) {
      assertThat(watch.next("BOOKMARK").at("/object/metadata/resourceVersion").asLong())
          .isPositive();
    }
  }

  @Test
  void watchWithTimeout_endsInOrder() throws IOException, InterruptedException {
    try (KubeClient.Watch watch =
        reader.watch("/api/v1/nodes?watch=true&timeoutSeconds=1&resourceVersion=1")) {
      JsonNode event = watch.next();
      while (event != null) {
        event = watch.next();
      }
    }
  }

  @Test
  void watchCut_endsWhatIsOpen() throws IOException, InterruptedException {
    try (KubeClient.Watch watch =
        reader.watch("/api/v1/pods?watch=true&resourceVersion=" + 1_000_000)) {
      Eventually.holds(
          () -> assertThat(control("GET", "/statistics").path("watches").size()).isEqualTo(1));
      control("POST", "/faults?kind=watch-cut");
      assertThatThrownBy(watch::next).isInstanceOf(IOException.class);
    }
    assertThat(control("GET", "/faults")).isEmpty();
  }

  @Test
  void faults_befallRequestsByTheirPath() {
    control("POST", "/faults?kind=status&status=429&retry-after=7&path=/pods$&times=1");
    assertThat(reader.get("/api/v1/nodes").status()).isEqualTo(200);
    assertThat(reader.get("/api/v1/pods").json().path("reason").asText())
        .isEqualTo("TooManyRequests");
    assertThat(reader.get("/api/v1/pods").status()).isEqualTo(200);

    control("POST", "/faults?kind=truncated&times=1");
    assertThatThrownBy(() -> reader.get("/api/v1/pods")).hasRootCauseInstanceOf(IOException.class);
    // The client tries again by itself.
    control("POST", "/faults?kind=dropped");
    assertThatThrownBy(() -> reader.get("/api/v1/nodes")).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void faults_takeRightsTokensAndMetricsAway() {
    control("POST", "/faults?kind=forbidden&resource=nodes&verb=list");
    assertThat(reader.get("/api/v1/nodes").json().path("message").asText())
        .contains("cannot list resource \"nodes\" in API group \"\" at the cluster scope");
    control("POST", "/faults?kind=metrics-absent");
    assertThat(reader.get("/apis/metrics.k8s.io/v1beta1/pods").status()).isEqualTo(404);
    control("POST", "/faults?kind=token-expired");
    assertThat(reader.get("/api/v1/pods").status()).isEqualTo(401);
    control("DELETE", "/faults");
    assertThat(reader.get("/api/v1/nodes").status()).isEqualTo(200);
    assertThat(reader.get("/apis/metrics.k8s.io/v1beta1/pods").status()).isEqualTo(200);
  }

  @Test
  void faults_closeThePortAndShowTheWrongCertificate() {
    control("POST", "/faults?kind=refused");
    assertThatThrownBy(() -> reader.get("/version")).hasRootCauseInstanceOf(IOException.class);
    control("DELETE", "/faults");
    control("POST", "/faults?kind=certificate");
    try (KubeClient fresh = new KubeClient(cluster, cluster.readerToken())) {
      assertThatThrownBy(() -> fresh.get("/version")).hasCauseInstanceOf(SSLException.class);
    }
    control("DELETE", "/faults");
    assertThat(reader.get("/version").status()).isEqualTo(200);
  }

  @Test
  void changes_tellTheNewestWithItsMoment() {
    String pod = pod();
    control("POST", "/pods/shop/" + pod + "/complete");
    JsonNode changes = control("GET", "/changes?most=50");
    assertThat(changes.findValuesAsText("name")).contains(pod);
    assertThat(changes.path(0).path("at").asText()).startsWith("20");
  }
}
