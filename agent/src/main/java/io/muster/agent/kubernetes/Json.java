package io.muster.agent.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers while they stream in: of each object only the fields of a record are kept, and only
 * one object is there at a time.
 */
final class Json {
  /** All annotations of an object together may have 256 KB; a hostile answer ends here. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(2 << 20)
          .maxNameLength(1 << 10)
          .maxNumberLength(64)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  static JsonNode tree(InputStream body) throws IOException {
    JsonNode tree = MAPPER.readTree(body);
    if (tree == null || !tree.isObject()) {
      throw new JsonParseException(null, "not a JSON object");
    }
    return tree;
  }

  static ObjectReader reader(Class<?> type) {
    return MAPPER.readerFor(type);
  }

  /** Takes one object of a list or a watch. */
  @FunctionalInterface
  interface Taker<J> {
    void take(J object);
  }

  /** What a list says of itself. */
  record ListMeta(@Nullable String resourceVersion, @Nullable String next) {}

  /** Hands on the items of a list, one by one. */
  static <J> ListMeta list(InputStream body, ObjectReader reader, Taker<J> taker)
      throws IOException {
    ListMeta meta = null;
    boolean items = false;
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.setCodec(MAPPER);
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("metadata")) {
          JsonNode node = parser.readValueAsTree();
          meta = new ListMeta(text(node, "resourceVersion"), text(node, "continue"));
        } else if (field.equals("items")) {
          items = true;
          if (value != JsonToken.VALUE_NULL) {
            items(parser, reader, taker);
          }
        } else {
          parser.skipChildren();
        }
      }
      expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
      if (meta == null || !items) {
        throw new JsonParseException(parser, "not a list: `metadata` or `items` is missing");
      }
      return meta;
    }
  }

  private static <J> void items(JsonParser parser, ObjectReader reader, Taker<J> taker)
      throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
      taker.take(reader.readValue(parser));
    }
  }

  static void expect(JsonParser parser, @Nullable JsonToken token, JsonToken wanted)
      throws IOException {
    if (token == null) {
      throw new com.fasterxml.jackson.core.io.JsonEOFException(parser, null, "it ends early");
    }
    if (token != wanted) {
      throw new JsonParseException(parser, token + " where " + wanted + " should be");
    }
  }

  /** A parser of values that follow each other. */
  static JsonParser stream(InputStream body) throws IOException {
    JsonParser parser = FACTORY.createParser(body);
    parser.setCodec(MAPPER);
    return parser;
  }

  /** Null = absent, or not a time. */
  static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    String text = node.path(field).asText("");
    return text.isEmpty() ? null : text;
  }
}
