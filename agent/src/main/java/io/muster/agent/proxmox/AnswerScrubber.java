package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.agent.provider.Names;
import io.muster.agent.provider.Names.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer's tree with the names in it replaced. */
final class AnswerScrubber {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Shape shape;
  private final Names names;

  AnswerScrubber(Shape shape, Names names) {
    this.shape = shape;
    this.names = names;
  }

  /** The whole answer, {@code data} and what stands beside it. */
  JsonNode answer(JsonNode answer) {
    if (!answer.isObject()) {
      return NODES.nullNode();
    }
    ObjectNode scrubbed = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : answer.properties()) {
      switch (field.getKey()) {
        case "data" -> scrubbed.set("data", at(Shape.TOP, field.getValue(), null));
        case "message" -> scrubbed.set("message", sentence(field.getValue()));
        case "errors" -> scrubbed.set("errors", errors(field.getValue()));
        default -> {
          if (field.getValue().isNumber()) {
            scrubbed.set(field.getKey(), field.getValue());
          }
        }
      }
    }
    return scrubbed;
  }

  private JsonNode at(String place, JsonNode value, @Nullable JsonNode row) {
    return switch (value.getNodeType()) {
      case NUMBER, BOOLEAN, NULL, MISSING -> value;
      case STRING -> NODES.textNode(text(place, value.textValue(), row));
      case ARRAY -> {
        ArrayNode scrubbed = NODES.arrayNode();
        if (shape.isStructure(place) || shape.text(place) != null) {
          value.forEach(element -> scrubbed.add(at(place, element, row)));
        }
        yield scrubbed;
      }
      case OBJECT -> shape.isStructure(place) ? object(place, value) : NODES.objectNode();
      case BINARY, POJO -> NODES.nullNode();
    };
  }

  private ObjectNode object(String place, JsonNode value) {
    ObjectNode scrubbed = NODES.objectNode();
    TextKind keys = shape.key(place);
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String key = keys == null ? field.getKey() : keys.scrub(field.getKey(), names);
      scrubbed.set(key, at(shape.below(place, field.getKey()), field.getValue(), value));
    }
    return scrubbed;
  }

  private String text(String place, String text, @Nullable JsonNode row) {
    if (text.isEmpty()) {
      return text;
    }
    TextKind kind = shape.text(place);
    if (kind == null) {
      return names.of(Kind.TEXT, text);
    }
    boolean ofCluster =
        kind == TextKind.NODE && row != null && "cluster".equals(row.path("type").asText());
    return ofCluster ? names.of(Kind.CLUSTER, text) : kind.scrub(text, names);
  }

  private JsonNode sentence(JsonNode value) {
    return value.isTextual()
        ? NODES.textNode(Sentences.scrub(value.textValue(), names))
        : NODES.nullNode();
  }

  /** Parameters of ours, so their names are no secret. */
  private JsonNode errors(JsonNode value) {
    ObjectNode scrubbed = NODES.objectNode();
    value.properties().forEach(field -> scrubbed.set(field.getKey(), sentence(field.getValue())));
    return scrubbed;
  }
}
