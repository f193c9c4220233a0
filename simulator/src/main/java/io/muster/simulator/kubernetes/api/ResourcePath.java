package io.muster.simulator.kubernetes.api;

import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.access.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A path that names objects, taken apart.
 *
 * @param namespace empty: none is named
 * @param name empty: all are meant
 * @param subresource empty: the object itself
 */
record ResourcePath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {

  /** Reads it; null when it names no objects. */
  static @Nullable ResourcePath parse(String path) {
    List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
    parts.removeIf(String::isEmpty);
    int head = !parts.isEmpty() && parts.getFirst().equals("api") ? 2 : 3;
    if (parts.size() <= head
        || !(parts.getFirst().equals("api") || parts.getFirst().equals("apis"))) {
      return null;
    }
    String group = head == 2 ? "" : parts.get(1);
    String version = parts.get(head - 1);
    List<String> rest = parts.subList(head, parts.size());
    String namespace = "";
    if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    return new ResourcePath(
        group,
        version,
        namespace,
        rest.getFirst(),
        rest.size() > 1 ? rest.get(1) : "",
        rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "");
  }

  /** What a request on it wants. */
  Deed deed(Request request) {
    return deed(verb(request));
  }

  /** What somebody wants with a verb on it. */
  Deed deed(String verb) {
    return new Deed(
        verb, group, plural, subresource, plural.equals("namespaces") ? name : namespace, name);
  }

  private String verb(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          request.flag("watch") && subresource.isEmpty()
              ? "watch"
              : name.isEmpty() ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> request.method().toLowerCase(Locale.ROOT);
    };
  }

  /** Such as {@code /api/v1/namespaces/{namespace}/pods/{name}}, for statistics. */
  String pattern() {
    return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/{namespace}")
        + "/"
        + plural
        + (name.isEmpty() ? "" : "/{name}")
        + (subresource.isEmpty() ? "" : "/" + subresource);
  }
}
