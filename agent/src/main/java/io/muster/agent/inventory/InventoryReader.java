package io.muster.agent.inventory;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.Server;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.configuration.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads servers from the text of an inventory file and from entries made elsewhere. */
final class InventoryReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What a parser quotes may be a piece of a secret; a single character tells enough. */
  private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'|\"[^\"]{2,}\"");

  private final InventorySchema schema;
  private final String site;

  InventoryReader(InventorySchema schema, String site) {
    this.schema = schema;
    this.site = site;
  }

  /** The sound servers of a file's text; what is wrong goes to {@code problems}. */
  List<ReadServer> read(String file, byte[] text, ValueResolver resolver, Problems problems) {
    JsonNode root = parse(file, text, problems);
    if (root == null) {
      return List.of();
    }
    JsonNode list = root.isArray() ? root : root.path("servers");
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      ObjectNode node = list.get(i) instanceof ObjectNode object ? object : JSON.createObjectNode();
      Entry.Place place = new Entry.Place(file, label(i, node), key -> key);
      entries.add(new Entry(place, node, resolver, schema::isSecret, problems));
    }
    SchemaProblems shape = new SchemaProblems(schema, file, root.isObject(), entries, problems);
    schema.violations(root).forEach(shape::tell);
    List<ReadServer> servers = new ArrayList<>();
    for (Entry entry : entries) {
      ReadServer server = list.isArray() ? read(entry) : null;
      if (server != null) {
        servers.add(server);
      }
    }
    return servers;
  }

  /** The server of one entry; null = something is wrong with it, and told. */
  @Nullable ReadServer read(Entry entry) {
    ProviderKind kind = kind(entry);
    if (kind == null) {
      return null;
    }
    Server server =
        switch (kind) {
          case PROXMOX -> ProxmoxKeys.read(entry, site);
          case KUBERNETES -> KubernetesKeys.read(entry, site);
          case OPENSTACK -> OpenStackKeys.read(entry, site);
        };
    return server == null ? null : new ReadServer(server, entry.place(), entry.has("id"));
  }

  /** The platform that an entry names; Proxmox VE when it names none; null = no platform's word. */
  static @Nullable ProviderKind kind(Entry entry) {
    String provider = entry.text("provider");
    String type = entry.text("type");
    if (provider != null && type != null && !provider.equals(type)) {
      entry.problem("type", "no type beside provider, which is its newer name");
    }
    String label = entry.has("provider") ? provider : entry.has("type") ? type : "proxmox";
    for (ProviderKind kind : ProviderKind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return null;
  }

  private static String label(int index, ObjectNode node) {
    JsonNode name = node.get("name");
    String label = "servers[" + index + "]";
    return name != null && name.isTextual()
        ? label + " " + Printable.text(name.textValue())
        : label;
  }

  private static @Nullable JsonNode parse(String file, byte[] text, Problems problems) {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isMissingNode()) {
        return root;
      }
      problems.add(
          new ConfigurationProblem(file, null, null, "an empty file", "{\"servers\": [...]}"));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      String why = QUOTED.matcher(reason(e)).replaceAll("'…'");
      problems.add(
          new ConfigurationProblem(
              file, null, null, "no JSON" + where + " (" + why + ")", "well-formed JSON"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from memory", e);
    }
    return null;
  }

  /** The parser's sentence without its second hint at the place. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(" \\(start marker.*", "");
  }
}
