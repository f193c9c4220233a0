package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.store.Selector;
import io.muster.simulator.kubernetes.store.Store;
import java.util.function.Predicate;

/** A kind and where its objects are. */
record Served<T extends KubeObject<T>>(Kind<T> kind, Store<T> store) {

  T get(ResourcePath path) throws ApiError {
    T object = store.get(path.namespace(), path.name());
    if (object == null) {
      throw ApiError.notFound(kind.names(), path.name());
    }
    return object;
  }

  /** What the selectors of a request and the name or namespace of its path choose. */
  Predicate<T> chosen(Request request, ResourcePath path) throws ApiError {
    Selector labels = labels(request);
    Selector fields = fields(request);
    return object ->
        (path.namespace().isEmpty() || path.namespace().equals(object.meta().namespace()))
            && (path.name().isEmpty() || path.name().equals(object.meta().name()))
            && labels.accepts(object.meta().labels()::get)
            && fields.accepts(field -> kind.selected(object, field));
  }

  static Selector labels(Request request) throws ApiError {
    return selector(request, "labelSelector");
  }

  private Selector fields(Request request) throws ApiError {
    Selector fields = selector(request, "fieldSelector");
    for (Selector.Term term : fields.terms()) {
      String field = term.key();
      if (!field.equals("metadata.name")
          && !field.equals("metadata.namespace")
          && !kind.fields().contains(field)) {
        throw ApiError.badRequest(
            "Unable to find \"%s/%s, Resource=%s\" that match label selector \"%s\", field selector \"%s\": field label not supported: %s"
                .formatted(
                    kind.names().group(),
                    kind.names().version(),
                    kind.names().plural(),
                    labels(request).text(),
                    fields.text(),
                    field));
      }
    }
    return fields;
  }

  private static Selector selector(Request request, String name) throws ApiError {
    try {
      return Selector.parse(request.parameter(name));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  ObjectNode bookmark(long version, boolean initialEventsEnd) {
    ObjectNode object = Json.object();
    object.put("kind", kind.names().kind()).put("apiVersion", kind.names().apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", String.valueOf(version)).putNull("creationTimestamp");
    if (initialEventsEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return object;
  }
}
