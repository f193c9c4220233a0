package io.muster.agent.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The beginning of an answer: of every list two rows and one of each further {@code type}, of every
 * object its first fields.
 */
public final class SampleAnswer {
  private static final int ROWS = 2;

  /** No list of ours has more kinds of rows. */
  private static final int MOST_ROWS = 10;

  /** More only repeats what a map holds. */
  private static final int FIELDS = 40;

  private static final JsonFactory FACTORY = new JsonFactory();

  private SampleAnswer() {}

  /**
   * Reads what is there.
   *
   * @param json perhaps cut off anywhere
   */
  public static JsonNode of(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken first = parser.nextToken();
      return first == null ? JsonNodeFactory.instance.nullNode() : value(parser, first);
    } catch (IOException e) {
      return JsonNodeFactory.instance.nullNode();
    }
  }

  private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE ->
          nodes.nullNode();
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    try {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == null) {
          break;
        }
        if (object.size() < FIELDS) {
          object.set(name, value(parser, token));
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return object; // cut off here
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    try {
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        JsonNode row = value(parser, token);
        if (array.size() < ROWS || isOfAnotherType(row, array)) {
          array.add(row);
        }
      }
    } catch (IOException e) {
      return array; // cut off here
    }
    return array;
  }

  private static boolean isOfAnotherType(JsonNode row, ArrayNode rows) {
    JsonNode type = row.path("type");
    if (type.isMissingNode() || rows.size() >= MOST_ROWS) {
      return false;
    }
    for (JsonNode known : rows) {
      if (known.path("type").equals(type)) {
        return false;
      }
    }
    return true;
  }
}
