package io.muster.agent.openstack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers while they stream in: of each object of a list only the fields of a record are
 * kept, and only one object is there at a time.
 */
final class Json {
  /** A catalog nests eight deep, user data has 64 KB; a hostile answer ends here. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(2 << 20)
          .maxNameLength(1 << 10)
          .maxNumberLength(64)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();

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

  /**
   * Hands on the members of a list, one by one.
   *
   * @param field that holds them, such as {@code servers}
   * @return address of the next page; null = this was the last one
   */
  static <J> @Nullable String list(
      InputStream body, String field, ObjectReader reader, Consumer<J> taker) throws IOException {
    String next = null;
    boolean found = false;
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.setCodec(MAPPER);
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(field)) {
          found = true;
          expect(parser, value, JsonToken.START_ARRAY);
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
            taker.accept(reader.readValue(parser));
          }
        } else if (name.equals(field + "_links")) {
          next = next(parser.readValueAsTree());
        } else if (name.equals("links")) {
          JsonNode links = parser.readValueAsTree();
          next = links.path("next").isTextual() ? links.path("next").asText() : next;
        } else {
          parser.skipChildren();
        }
      }
      expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
      if (!found) {
        throw new JsonParseException(parser, "`" + field + "` is missing");
      }
      return next;
    }
  }

  private static @Nullable String next(JsonNode links) {
    for (JsonNode link : links) {
      if (link.path("rel").asText("").equals("next") && link.path("href").isTextual()) {
        return link.path("href").asText();
      }
    }
    return null;
  }

  private static void expect(JsonParser parser, @Nullable JsonToken token, JsonToken wanted)
      throws IOException {
    if (token == null) {
      throw new JsonEOFException(parser, null, "it ends early");
    }
    if (token != wanted) {
      throw new JsonParseException(parser, token + " where " + wanted + " should be");
    }
  }

  /** Null = absent, or not a time; services leave the zone out and mean UTC. */
  static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.endsWith("Z") || text.contains("+")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
