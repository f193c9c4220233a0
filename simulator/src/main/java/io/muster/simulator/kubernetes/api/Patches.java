package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies patches of the kinds that clients send. */
final class Patches {
  /** Lists whose members are known by one of their fields: what is patched is that member. */
  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath",
          "ports", "containerPort",
          "conditions", "type",
          "tolerations", "key");

  private Patches() {}

  /**
   * What an object is to become; the given one may be changed on the way.
   *
   * @param contentType says which kind of patch it is
   */
  static JsonNode apply(String contentType, ObjectNode object, JsonNode patch) throws ApiError {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return switch (type.strip()) {
      case "application/merge-patch+json" -> merge(object, patch, false);
      case "application/strategic-merge-patch+json", "application/apply-patch+yaml" ->
          merge(object, patch, true);
      case "application/json-patch+json" -> JsonPatch.apply(object, patch);
      default ->
          throw ApiError.of(
              415,
              "UnsupportedMediaType",
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  private static JsonNode merge(@Nullable JsonNode into, JsonNode patch, boolean strategic) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode target = into instanceof ObjectNode object ? object : Json.object();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String field = change.getKey();
      JsonNode value = change.getValue();
      if (strategic && field.startsWith("$")) {
        continue;
      }
      if (value.isNull()) {
        target.remove(field);
      } else if (strategic
          && value instanceof ArrayNode members
          && MERGE_KEYS.containsKey(field)
          && target.get(field) instanceof ArrayNode present) {
        members(present, members, MERGE_KEYS.getOrDefault(field, ""));
      } else {
        target.set(field, merge(target.get(field), value, strategic));
      }
    }
    return target;
  }

  private static void members(ArrayNode present, ArrayNode changes, String key) {
    for (JsonNode change : changes) {
      int at = indexOf(present, key, change.path(key));
      boolean goes = change.path("$patch").asText().equals("delete");
      if (at >= 0 && goes) {
        present.remove(at);
      } else if (at >= 0) {
        merge(present.get(at), change, true);
      } else if (!goes) {
        present.add(change);
      }
    }
  }

  private static int indexOf(ArrayNode members, String key, JsonNode value) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
