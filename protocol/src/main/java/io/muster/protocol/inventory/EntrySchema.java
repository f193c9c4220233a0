package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.ProviderKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The published schema of the inventory file, as far as it speaks of an entry: the known keys,
 * their shape, which of them are secret.
 */
public final class EntrySchema {
  static final String RESOURCE = "/infrastructure_config.schema.json";

  private static final EntrySchema PUBLISHED = load();

  private final JsonNode document;
  private final Set<String> secrets;

  private EntrySchema(JsonNode document) {
    this.document = document;
    Set<String> marked = new TreeSet<>();
    for (ProviderKind kind : ProviderKind.values()) {
      for (String key : keys(kind)) {
        JsonNode shape = property(kind, key);
        if (shape != null && shape.path("writeOnly").asBoolean()) {
          marked.add(key);
        }
      }
    }
    this.secrets = Set.copyOf(marked);
  }

  /** The one that is part of this version. */
  public static EntrySchema published() {
    return PUBLISHED;
  }

  private static EntrySchema load() {
    try (InputStream in = EntrySchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing in the jar of the protocol");
      }
      return new EntrySchema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }

  /** All keys that an entry of this platform may have. */
  public Set<String> keys(ProviderKind kind) {
    Set<String> keys = new TreeSet<>();
    definition(kind).fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** All keys of all platforms. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    Arrays.stream(ProviderKind.values()).map(this::keys).forEach(keys::addAll);
    return keys;
  }

  /** What a key's value has to look like; null = this platform has no such key. */
  @Nullable JsonNode property(ProviderKind kind, String key) {
    JsonNode property = definition(kind).get(key);
    return property != null && property.has("$ref")
        ? document.at(property.path("$ref").asText().substring(1))
        : property;
  }

  /** {@code string, integer, boolean, array} or {@code object}; null = no platform's key. */
  public @Nullable String type(String key) {
    for (ProviderKind kind : ProviderKind.values()) {
      JsonNode shape = property(kind, key);
      if (shape != null) {
        return shape.path("type").asText("string");
      }
    }
    return null;
  }

  /** Whether the value of this key must never be shown ({@code writeOnly}). */
  public boolean isSecret(String key) {
    return secrets.contains(key);
  }

  /** The keys whose values must never be shown. */
  public Set<String> secrets() {
    return secrets;
  }

  private JsonNode definition(ProviderKind kind) {
    return document.path("$defs").path(kind.label()).path("properties");
  }
}
