package io.muster.agent.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.muster.protocol.ProviderKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The published schema of the inventory file: the shape, the known keys, which of them are secret.
 */
final class InventorySchema {
  static final String RESOURCE = "/infrastructure_config.schema.json";

  private final JsonNode document;
  private final JsonSchema schema;

  private InventorySchema(JsonNode document) {
    this.document = document;
    this.schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
  }

  /** Reads it from the class path. */
  static InventorySchema load() {
    try (InputStream in = InventorySchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing in the agent's jar");
      }
      return new InventorySchema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }

  /**
   * One way in which a document is not as the schema says.
   *
   * @param path names and indices from the root to what is wrong
   * @param keyword of the schema that is not satisfied
   * @param property unknown, or missing in what {@code path} names
   * @param limit what the keyword demands
   */
  record Violation(List<Object> path, String keyword, @Nullable String property, JsonNode limit) {
    Violation {
      path = List.copyOf(path);
    }
  }

  List<Violation> violations(JsonNode inventory) {
    return schema.validate(inventory).stream().map(InventorySchema::violation).toList();
  }

  private static Violation violation(ValidationMessage message) {
    JsonNodePath location = message.getInstanceLocation();
    List<Object> path = new ArrayList<>();
    for (int i = 0; i < location.getNameCount(); i++) {
      path.add(location.getElement(i));
    }
    return new Violation(path, message.getType(), message.getProperty(), message.getSchemaNode());
  }

  /** All keys that an entry of this platform may have. */
  Set<String> keys(ProviderKind kind) {
    Set<String> keys = new TreeSet<>();
    definition(kind).fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Whether the value of this key must never be shown ({@code writeOnly}). */
  boolean isSecret(String key) {
    for (ProviderKind kind : ProviderKind.values()) {
      JsonNode property = definition(kind).path(key);
      JsonNode target =
          property.has("$ref")
              ? document.at(property.path("$ref").asText().substring(1))
              : property;
      if (target.path("writeOnly").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  private JsonNode definition(ProviderKind kind) {
    return document.path("$defs").path(kind.label()).path("properties");
  }
}
