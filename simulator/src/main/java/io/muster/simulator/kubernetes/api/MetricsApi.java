package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.faults.KubernetesFault.Metrics.Failure;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Stores;
import io.muster.simulator.kubernetes.world.Usage;
import io.muster.simulator.kubernetes.world.Usage.Use;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code metrics.k8s.io/v1beta1}: what metrics-server last measured. */
final class MetricsApi {
  static final String GROUP = "metrics.k8s.io";

  private final Served<Node> nodes;
  private final Served<Pod> pods;
  private final Usage usage;
  private volatile @Nullable Failure failure;

  MetricsApi(Stores stores, String version, Usage usage) {
    this.nodes = new Served<>(new NodeKind(version), stores.nodes());
    this.pods = new Served<>(new PodKind(stores.nodes()), stores.pods());
    this.usage = usage;
  }

  /** Lets it fail in some way, or work again with null. */
  void fail(@Nullable Failure how) {
    failure = how;
  }

  boolean isAbsent() {
    return failure == Failure.ABSENT;
  }

  void answer(Request request, ResourcePath path, Exchange exchange) throws ApiError, IOException {
    if (failure == Failure.DOWN) {
      throw ApiError.of(
          503, "ServiceUnavailable", "the server is currently unable to handle the request");
    }
    if (isAbsent() || !path.version().equals("v1beta1")) {
      throw ApiError.noSuchPath();
    }
    if (!request.method().equals("GET")) {
      throw ApiError.notAllowed();
    }
    Instant at = usage.measured();
    ObjectNode answer =
        switch (path.plural()) {
          case "nodes" -> {
            Map<String, Use> uses = failure == Failure.EMPTY ? Map.of() : usage.nodes(at);
            yield answer(nodes, request, path, "NodeMetrics", node -> node(node, uses, at));
          }
          case "pods" -> answer(pods, request, path, "PodMetrics", pod -> pod(pod, at));
          default -> throw ApiError.noSuchPath();
        };
    exchange.answer(Answer.json(200, Json.text(answer)));
  }

  /** Shows an object's measurement, or null while there is none. */
  private interface Shown<T> {
    @Nullable ObjectNode of(T object);
  }

  private static <T extends KubeObject<T>> ObjectNode answer(
      Served<T> served, Request request, ResourcePath path, String kind, Shown<T> shown)
      throws ApiError {
    String apiVersion = GROUP + "/v1beta1";
    if (!path.name().isEmpty()) {
      T object = served.store().get(path.namespace(), path.name());
      ObjectNode one = object == null ? null : shown.of(object);
      if (one == null) {
        throw ApiError.about(
            404,
            "NotFound",
            "%smetrics.metrics.k8s.io \"%s\" not found"
                .formatted(served.kind().names().singular(), named(path)),
            GROUP,
            path.plural(),
            path.name());
      }
      return one.put("kind", kind).put("apiVersion", apiVersion);
    }
    Predicate<T> chosen = served.chosen(request, path);
    ObjectNode list = Json.object();
    list.put("kind", kind + "List").put("apiVersion", apiVersion).putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (T object : served.store().all(path.namespace().isEmpty() ? null : path.namespace())) {
      ObjectNode item = chosen.test(object) ? shown.of(object) : null;
      if (item != null) {
        items.add(item);
      }
    }
    return list;
  }

  private static String named(ResourcePath path) {
    return path.namespace().isEmpty() ? path.name() : path.namespace() + "/" + path.name();
  }

  private @Nullable ObjectNode node(Node node, Map<String, Use> uses, Instant at) {
    Use use = uses.get(node.meta().name());
    if (use == null) {
      return null;
    }
    ObjectNode shown = measured(node.meta(), at);
    usage(use, shown);
    return shown;
  }

  private @Nullable ObjectNode pod(Pod pod, Instant at) {
    List<Use> uses = failure == Failure.EMPTY ? null : usage.containers(pod, at);
    if (uses == null) {
      return null;
    }
    ObjectNode shown = measured(pod.meta(), at);
    ArrayNode containers = shown.putArray("containers");
    for (int i = 0; i < uses.size(); i++) {
      ObjectNode container = containers.addObject();
      container.put("name", pod.template().containers().get(i).name());
      usage(uses.get(i), container);
    }
    return shown;
  }

  private ObjectNode measured(Meta meta, Instant at) {
    ObjectNode shown = Json.object();
    ObjectNode metadata = shown.putObject("metadata").put("name", meta.name());
    if (!meta.namespace().isEmpty()) {
      metadata.put("namespace", meta.namespace());
    }
    metadata.put("creationTimestamp", Json.time(usage.measured()));
    Json.put(metadata, "labels", meta.labels());
    return shown
        .put("timestamp", Json.time(at))
        .put("window", usage.period().toMillis() / 1000.0 + "s");
  }

  private static void usage(Use use, ObjectNode into) {
    into.putObject("usage")
        .put("cpu", Math.round(use.cores() * 1e9) + "n")
        .put("memory", use.bytes() / 1024 + "Ki");
  }
}
