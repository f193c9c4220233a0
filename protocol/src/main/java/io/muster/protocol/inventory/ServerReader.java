package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.Server;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one server and checks it, wherever it comes from. */
public final class ServerReader {
  private ServerReader() {}

  /**
   * Reads an entry and tells everything that is wrong with it.
   *
   * @param values what the texts of the entry stand for
   * @param site that the server belongs to; another one in the entry is a problem
   */
  public static Reading read(JsonNode json, Values values, String site) {
    if (!(json instanceof ObjectNode node)) {
      return new Reading(
          null, false, List.of(new FieldProblem(null, "something else", "{\"name\": ..., ...}")));
    }
    EntrySchema schema = EntrySchema.published();
    Entry entry = new Entry(node, values, schema::isSecret);
    ProviderKind kind = kind(entry);
    ShapeCheck.tell(schema, entry, kind);
    Server server =
        kind == null
            ? null
            : switch (kind) {
              case PROXMOX -> ProxmoxKeys.read(entry, site);
              case KUBERNETES -> KubernetesKeys.read(entry, site);
              case OPENSTACK -> OpenStackKeys.read(entry, site);
            };
    return new Reading(server, entry.has("id"), entry.problems());
  }

  /** The platform that an entry names; Proxmox VE when it names none; null = no platform's word. */
  private static @Nullable ProviderKind kind(Entry entry) {
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
}
