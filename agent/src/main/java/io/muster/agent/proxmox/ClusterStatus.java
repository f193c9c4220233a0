package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /cluster/status} says.
 *
 * @param name null for a node that stands alone
 * @param quorate null for a node that stands alone
 * @param expected number of members
 * @param addresses node name to IP, where stated
 * @param local the member that answered; null when it did not say
 */
record ClusterStatus(
    @Nullable String name,
    @Nullable Boolean quorate,
    int expected,
    Map<String, String> addresses,
    @Nullable String local) {
  ClusterStatus {
    addresses = Map.copyOf(addresses);
  }

  static ClusterStatus read(JsonNode data) throws MalformedAnswerException {
    String name = null;
    Boolean quorate = null;
    String local = null;
    int members = 0;
    Long stated = null;
    Map<String, String> addresses = new HashMap<>();
    for (JsonNode row : Json.rows(data)) {
      String type = Json.text(row, "type");
      if ("cluster".equals(type)) {
        name = Json.text(row, "name");
        quorate = Json.flag(row, "quorate");
        stated = Json.whole(row, "nodes");
      } else if ("node".equals(type)) {
        members++;
        String node = Json.required(row, "name");
        String ip = Json.text(row, "ip");
        if (ip != null) {
          addresses.put(node, ip);
        }
        if (Boolean.TRUE.equals(Json.flag(row, "local"))) {
          local = node;
        }
      }
    }
    return new ClusterStatus(
        name, quorate, stated == null ? members : stated.intValue(), addresses, local);
  }
}
