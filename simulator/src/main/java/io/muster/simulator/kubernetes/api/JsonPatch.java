package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 6902 as far as clients of Kubernetes use it: {@code add}, {@code replace}, and so on. */
final class JsonPatch {
  private JsonPatch() {}

  static JsonNode apply(ObjectNode object, JsonNode operations) throws ApiError {
    for (JsonNode operation : operations) {
      JsonPointer path = path(operation);
      JsonNode parent = object.at(path.head());
      String field = path.last().getMatchingProperty();
      JsonNode value = operation.path("value");
      switch (operation.path("op").asText()) {
        case "test" -> {
          if (!object.at(path).equals(value)) {
            throw failed("testing path " + path + " failed");
          }
        }
        case "remove" -> remove(parent, field, path);
        case "replace" -> {
          if (object.at(path).isMissingNode()) {
            throw failed("replace operation does not apply: doc is missing key: " + path);
          }
          set(parent, field, value, path);
        }
        case "add" -> add(parent, field, value, path);
        default -> throw failed("Unexpected kind: " + operation.path("op").asText());
      }
    }
    return object;
  }

  private static JsonPointer path(JsonNode operation) throws ApiError {
    try {
      JsonPointer path = JsonPointer.compile(operation.path("path").asText());
      if (path.matches()) {
        throw failed("the whole object can't be replaced");
      }
      return path;
    } catch (IllegalArgumentException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  private static void remove(JsonNode parent, String field, JsonPointer path) throws ApiError {
    JsonNode gone =
        parent instanceof ObjectNode object
            ? object.remove(field)
            : parent instanceof ArrayNode array ? array.remove(index(array, field, path)) : null;
    if (gone == null) {
      throw failed("Unable to remove nonexistent key: " + path);
    }
  }

  private static void add(JsonNode parent, String field, JsonNode value, JsonPointer path)
      throws ApiError {
    if (parent instanceof ArrayNode array) {
      array.insert(field.equals("-") ? array.size() : index(array, field, path), value);
    } else {
      set(parent, field, value, path);
    }
  }

  private static void set(JsonNode parent, String field, JsonNode value, JsonPointer path)
      throws ApiError {
    switch (parent) {
      case ObjectNode object -> object.set(field, value);
      case ArrayNode array -> array.set(index(array, field, path), value);
      default -> throw failed("add operation does not apply: doc is missing path: " + path);
    }
  }

  private static int index(ArrayNode array, String field, JsonPointer path) throws ApiError {
    try {
      int index = Integer.parseInt(field);
      if (index >= 0 && index <= array.size()) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw failed("no index: " + path + ": " + e.getMessage());
    }
    throw failed("index out of bounds: " + path);
  }

  private static ApiError failed(String why) {
    return ApiError.of(
        422,
        "Invalid",
        "the server rejected our request due to an error in our" + " request: " + why);
  }
}
