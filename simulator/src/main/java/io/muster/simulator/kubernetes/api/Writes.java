package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.model.Deployment;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Revisions;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import java.util.Locale;

/** What changes objects: PATCH, PUT, DELETE and eviction. */
final class Writes {
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private final KubernetesWorld world;
  private final Revisions revisions;

  Writes(KubernetesWorld world) {
    this.world = world;
    this.revisions = world.stores().revisions();
  }

  <T extends KubeObject<T>> Answer answer(Served<T> served, Request request, ResourcePath path)
      throws ApiError {
    boolean eviction = path.subresource().equals("eviction");
    if (path.plural().equals("pods")
        && (eviction ? request.method().equals("POST") : request.method().equals("DELETE"))) {
      return deletePod(served, request, path, eviction);
    }
    String verb = request.method().equals("PUT") ? "update" : request.method();
    boolean known = served.kind().names().verbs().contains(verb.toLowerCase(Locale.ROOT));
    if (!known || path.name().isEmpty() || !path.subresource().isEmpty()) {
      throw ApiError.notAllowed();
    }
    revisions.lock().lock();
    try {
      T now = served.get(path);
      ObjectNode shown = served.kind().whole(now);
      JsonNode body = Json.read(request.body());
      requireNewest(served.kind(), now, body);
      JsonNode wished =
          request.method().equals("PUT")
              ? body
              : Patches.apply(request.header("content-type"), shown, body);
      return written(served, request, now, served.kind().wished(now, wished));
    } finally {
      revisions.lock().unlock();
    }
  }

  /** GET, PUT and PATCH of {@code deployments/scale}. */
  Answer scale(Served<Deployment> served, Request request, ResourcePath path) throws ApiError {
    revisions.lock().lock();
    try {
      Deployment now = served.get(path);
      if (request.method().equals("GET")) {
        return Answer.json(200, Json.text(scale(now)));
      }
      JsonNode body = Json.read(request.body());
      requireNewest(served.kind(), now, body);
      JsonNode wished =
          switch (request.method()) {
            case "PUT" -> body;
            case "PATCH" -> Patches.apply(request.header("content-type"), scale(now), body);
            default -> throw ApiError.notAllowed();
          };
      ObjectNode whole = served.kind().whole(now);
      JsonNode replicas = wished.path("spec").path("replicas");
      ((ObjectNode) whole.path("spec")).put("replicas", replicas.asInt(0));
      Deployment after = served.kind().wished(now, whole);
      written(served, request, now, after);
      return Answer.json(200, Json.text(scale(served.get(path))));
    } finally {
      revisions.lock().unlock();
    }
  }

  private static ObjectNode scale(Deployment deployment) {
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    scale
        .putObject("metadata")
        .put("name", deployment.meta().name())
        .put("namespace", deployment.meta().namespace())
        .put("uid", deployment.meta().uid().toString())
        .put("resourceVersion", String.valueOf(deployment.meta().version()))
        .put("creationTimestamp", Json.time(deployment.meta().created()));
    scale.putObject("spec").put("replicas", deployment.replicas());
    scale
        .putObject("status")
        .put("replicas", deployment.status().replicas())
        .put("selector", DeploymentKind.selector(deployment));
    return scale;
  }

  private static <T extends KubeObject<T>> void requireNewest(Kind<T> kind, T now, JsonNode body)
      throws ApiError {
    String asked = body.path("metadata").path("resourceVersion").asText();
    if (!asked.isEmpty() && !asked.equals(String.valueOf(now.meta().version()))) {
      throw ApiError.conflict(kind.names(), now.meta().name(), MODIFIED);
    }
    String uid = body.path("metadata").path("uid").asText();
    if (!uid.isEmpty() && !uid.equals(now.meta().uid().toString())) {
      throw ApiError.conflict(
          kind.names(),
          now.meta().name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, now.meta().uid()));
    }
  }

  private <T extends KubeObject<T>> Answer written(
      Served<T> served, Request request, T now, T after) {
    T stored = after;
    if (!"All".equals(request.parameter("dryRun"))) {
      T written = served.store().update(now.meta().namespace(), now.meta().name(), same -> after);
      stored = written == null ? after : written;
      if (served.kind().names().plural().equals("deployments")) {
        world.deploymentChanged(now.meta().namespace(), now.meta().name());
      }
    }
    return Answer.json(200, Json.text(served.kind().whole(stored)));
  }

  private <T extends KubeObject<T>> Answer deletePod(
      Served<T> served, Request request, ResourcePath path, boolean eviction) throws ApiError {
    if (path.name().isEmpty() || (!eviction && !path.subresource().isEmpty())) {
      throw ApiError.notAllowed();
    }
    revisions.lock().lock();
    try {
      T now = served.get(path);
      JsonNode body = request.body().isEmpty() ? Json.object() : Json.read(request.body());
      JsonNode options = eviction ? body.path("deleteOptions") : body;
      JsonNode conditions = options.path("preconditions");
      ObjectNode metadata = Json.object();
      metadata.set("metadata", conditions);
      requireNewest(served.kind(), now, metadata);
      if ("All".equals(request.parameter("dryRun"))) {
        return Answer.json(200, Json.text(served.kind().whole(now)));
      }
      String asked = request.parameter("gracePeriodSeconds");
      boolean atOnce =
          asked == null ? options.path("gracePeriodSeconds").asInt(-1) == 0 : asked.equals("0");
      Pod ending = world.deletePod(path.namespace(), path.name(), atOnce);
      if (eviction || ending == null) {
        return Answer.json(
            eviction ? 201 : 200,
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                + "\"code\":"
                + (eviction ? 201 : 200)
                + "}");
      }
      T shown = served.store().get(path.namespace(), path.name());
      return Answer.json(200, Json.text(served.kind().whole(shown == null ? now : shown)));
    } finally {
      revisions.lock().unlock();
    }
  }
}
