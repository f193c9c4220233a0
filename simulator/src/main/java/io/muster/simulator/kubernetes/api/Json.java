package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.Meta;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as the API server writes it. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long KIB = 1024;

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write JSON", e);
    }
  }

  /**
   * Reads what a client sent.
   *
   * @throws ApiError when it is no JSON
   */
  public static JsonNode read(String body) throws ApiError {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw ApiError.badRequest("couldn't get version/kind; json parse error: " + e.getMessage());
    }
  }

  /** As in {@code creationTimestamp}: whole seconds. */
  public static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Thousandths of a core as a quantity. */
  public static String cpu(long millis) {
    return millis % 1000 == 0 ? String.valueOf(millis / 1000) : millis + "m";
  }

  /** Bytes as a quantity. */
  public static String memory(long bytes) {
    if (bytes % (KIB * KIB) == 0) {
      return bytes / (KIB * KIB) + "Mi";
    }
    return bytes % KIB == 0 ? bytes / KIB + "Ki" : String.valueOf(bytes);
  }

  public static void put(ObjectNode into, String field, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode node = into.putObject(field);
      values.forEach(node::put);
    }
  }

  /** The text members of an object. */
  public static Map<String, String> texts(JsonNode object) {
    Map<String, String> values = new LinkedHashMap<>();
    object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(values);
  }

  static void metadata(ObjectNode object, Meta meta) {
    ObjectNode node = object.putObject("metadata");
    node.put("name", meta.name());
    if (!meta.namespace().isEmpty()) {
      node.put("namespace", meta.namespace());
    }
    node.put("uid", meta.uid().toString());
    node.put("resourceVersion", String.valueOf(meta.version()));
    if (meta.generation() > 0) {
      node.put("generation", meta.generation());
    }
    node.put("creationTimestamp", time(meta.created()));
    Instant deleted = meta.deleted();
    if (deleted != null) {
      node.put("deletionTimestamp", time(deleted));
      node.put("deletionGracePeriodSeconds", 30);
    }
    put(node, "labels", meta.labels());
    put(node, "annotations", meta.annotations());
    Meta.Owner owner = meta.owner();
    if (owner != null) {
      node.putArray("ownerReferences")
          .addObject()
          .put("apiVersion", owner.apiVersion())
          .put("kind", owner.kind())
          .put("name", owner.name())
          .put("uid", owner.uid().toString())
          .put("controller", true)
          .put("blockOwnerDeletion", true);
    }
  }
}
