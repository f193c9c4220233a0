package io.muster.control.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.caller.TenantServer;
import io.muster.control.crypto.SecretBox;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.inventory.Reading;
import io.muster.protocol.inventory.ServerJson;
import io.muster.protocol.inventory.ServerReader;
import io.muster.protocol.inventory.SplitEntry;
import io.muster.protocol.inventory.Values;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers to rows and back: what may be shown stands in clear, secrets are sealed. */
@Singleton
final class ServerCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What has columns of its own, beside the provider's keys. */
  private static final List<String> COLUMNS =
      List.of("id", "name", "provider", "enabled", "intervalSeconds", "route", "tags");

  /** Where each platform has its addresses. */
  private static final List<String> ADDRESSES = List.of("urls", "url", "authUrl");

  private static final ObjectReader MEMBERS =
      JSON.readerFor(new TypeReference<Map<String, Object>>() {});

  private final SecretBox box;

  ServerCodec(SecretBox box) {
    this.box = box;
  }

  /** The row of a new server. */
  ServerRow row(Server server, UUID tenant, UUID site, Instant now) {
    return row(server, tenant, site, 1, now, now);
  }

  /** The row of a changed server. */
  ServerRow changed(ServerRow before, Server server, UUID site, Instant now) {
    return row(server, before.tenantId(), site, before.version() + 1, before.createdAt(), now);
  }

  private ServerRow row(
      Server server, UUID tenant, UUID site, long version, Instant createdAt, Instant updatedAt) {
    ServerEntry entry = server.entry();
    SplitEntry split = SplitEntry.of(ServerJson.write(server));
    ObjectNode settings = split.settings().deepCopy().remove(COLUMNS);
    return new ServerRow(
        entry.id().value(),
        tenant,
        site,
        entry.name(),
        server.kind().label(),
        entry.enabled(),
        entry.interval() == null ? null : (int) entry.interval().toSeconds(),
        entry.route(),
        text(entry.tags()),
        settings.toString(),
        search(entry, settings),
        seal(entry.id().value(), split.secrets()),
        version,
        createdAt,
        updatedAt);
  }

  private static String search(ServerEntry entry, ObjectNode settings) {
    List<String> words = new ArrayList<>(entry.tags());
    words.addFirst(entry.name());
    for (String key : ADDRESSES) {
      JsonNode value = settings.path(key);
      (value.isArray() ? value.valueStream() : Stream.of(value))
          .filter(JsonNode::isTextual)
          .forEach(address -> words.add(address.textValue()));
    }
    return String.join("\n", words).toLowerCase(Locale.ROOT);
  }

  private @Nullable Sealed seal(UUID id, Map<String, String> secrets) {
    return secrets.isEmpty()
        ? null
        : new Sealed(box.seal(id, text(secrets).getBytes(StandardCharsets.UTF_8)));
  }

  /** The entry without secrets. */
  static ObjectNode shown(ServerRow row) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("id", row.id().toString());
    entry.put("name", row.name());
    entry.put("provider", row.provider());
    entry.put("enabled", row.enabled());
    if (row.intervalSeconds() != null) {
      entry.put("intervalSeconds", row.intervalSeconds());
    }
    entry.put("route", row.route());
    entry.set("tags", tree(row.tags()));
    entry.setAll(settings(row));
    return entry;
  }

  /** The provider's own keys, without secrets. */
  static ObjectNode settings(ServerRow row) {
    return (ObjectNode) tree(row.settings());
  }

  /** The same as they are answered. */
  static Map<String, Object> members(ObjectNode settings) {
    try {
      return MEMBERS.readValue(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from memory", e);
    }
  }

  /** The entry in its two parts. */
  SplitEntry entry(ServerRow row) {
    Map<String, String> secrets = new LinkedHashMap<>();
    Sealed sealed = row.secrets();
    if (sealed != null) {
      tree(new String(box.open(row.id(), sealed.box()), StandardCharsets.UTF_8))
          .properties()
          .forEach(secret -> secrets.put(secret.getKey(), secret.getValue().asText()));
    }
    return new SplitEntry(shown(row), secrets);
  }

  /** The server itself, secrets in clear. */
  Server server(ServerRow row, String site) {
    Reading reading = ServerReader.read(entry(row).join(), Values.foreign(), site);
    Server server = reading.server();
    if (server == null) {
      throw new IllegalStateException(
          "Server " + row.id() + " does not read as it was stored: " + reading.problems());
    }
    return server;
  }

  /** As far as it decides who sees it. */
  static TenantServer known(ServerRow row) {
    return new TenantServer(row.id(), row.name(), row.siteId(), tags(row));
  }

  static List<String> tags(ServerRow row) {
    return tags(row.tags());
  }

  static List<String> tags(String stored) {
    return tree(stored).valueStream().map(JsonNode::asText).toList();
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("A stored server is no JSON any more", e);
    }
  }
}
