package io.muster.protocol.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.muster.protocol.ProviderKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema and the readers know the same keys. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final EntrySchema schema = EntrySchema.published();

  /** Remembers which keys it is asked for. */
  @SuppressWarnings("unchecked") // Jackson's own deepCopy narrows its type.
  private static final class AskedNode extends ObjectNode {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> asked;

    AskedNode(Set<String> asked) {
      super(JsonNodeFactory.instance);
      this.asked = asked;
    }

    @Override
    public JsonNode get(String key) {
      asked.add(key);
      return super.get(key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysOfSchema_areTheKeysThatTheReaderAsksFor(ProviderKind kind) throws IOException {
    List<String> ways =
        switch (kind) {
          case PROXMOX ->
              List.of("{'urls':['h']}", "{'url':'h'}", "{'host':'h'}", "{'actionTokenId':'x'}");
          case KUBERNETES ->
              List.of(
                  "{'kubeConfig':'x'}",
                  "{'kubeConfigPath':'x'}",
                  "{'inCluster':true}",
                  "{'url':'h'}");
          case OPENSTACK -> List.of("{'username':'u'}", "{'applicationCredentialId':'x'}");
        };
    Set<String> asked = new TreeSet<>();
    for (String way : ways) {
      ObjectNode node = new AskedNode(asked);
      node.put("provider", kind.label());
      node.setAll((ObjectNode) JSON.readTree(way.replace('\'', '"')));
      ServerReader.read(node, Values.literal(), "default");
    }
    assertThat(asked).containsExactlyInAnyOrderElementsOf(schema.keys(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "tokenSecret, true",
    "actionTokenSecret, true",
    "password, true",
    "applicationCredentialSecret, true",
    "token, true",
    "kubeConfig, true",
    "proxy, true",
    "name, false",
    "tokenId, false",
    "caCert, false"
  })
  void secrets_areMarked(String key, boolean secret) {
    assertThat(schema.isSecret(key)).isEqualTo(secret);
  }

  @Test
  void everyKey_isDescribed() throws IOException {
    JsonNode document = document();
    List<String> missing = new ArrayList<>();
    for (ProviderKind kind : ProviderKind.values()) {
      document
          .path("$defs")
          .path(kind.label())
          .path("properties")
          .properties()
          .forEach(property -> {
            JsonNode value = property.getValue();
            JsonNode target =
                value.has("$ref") ? document.at(value.get("$ref").asText().substring(1)) : value;
            if (target.path("description").asText().isBlank()) {
              missing.add(kind.label() + "." + property.getKey());
            }
          });
    }
    assertThat(missing).isEmpty();
  }

  /** What the schema says with other words, nobody would check. */
  @Test
  void shapes_useWhatTheCheckKnows() {
    Set<String> annotations =
        Set.of("description", "default", "examples", "writeOnly", "deprecated");
    Set<String> used = new TreeSet<>();
    for (ProviderKind kind : ProviderKind.values()) {
      for (String key : schema.keys(kind)) {
        Objects.requireNonNull(schema.property(kind, key)).fieldNames().forEachRemaining(used::add);
      }
    }
    used.removeAll(annotations);
    assertThat(ShapeCheck.KEYWORDS).containsAll(used);
  }

  @Test
  void documentation_namesEveryKey() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "configuration.md"));
    Set<String> keys = new TreeSet<>();
    for (ProviderKind kind : ProviderKind.values()) {
      keys.addAll(schema.keys(kind));
    }
    assertThat(keys).allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
  }

  @Test
  void schema_isOneItself() throws IOException {
    JsonNode metaSchema =
        JSON.readTree(
            Objects.requireNonNull(getClass().getResourceAsStream("/draft/2020-12/schema")));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(metaSchema)
                .validate(document()))
        .isEmpty();
  }

  private static JsonNode document() throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(EntrySchema.RESOURCE)) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }
}
