package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Fingerprint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Two slow listings. */
final class NodeReader {
  private NodeReader() {}

  /**
   * Fingerprint of each node's certificate as the cluster states it.
   *
   * @param data of {@code /nodes}
   */
  static Map<String, Fingerprint> fingerprints(JsonNode data) throws MalformedAnswerException {
    Map<String, Fingerprint> fingerprints = new HashMap<>();
    for (JsonNode row : Json.rows(data)) {
      String stated = Json.text(row, "ssl_fingerprint");
      if (stated != null) {
        try {
          fingerprints.put(Json.required(row, "node"), new Fingerprint(stated));
        } catch (IllegalArgumentException e) {
          throw new MalformedAnswerException("`ssl_fingerprint` is '" + Json.shorten(stated) + "'");
        }
      }
    }
    return fingerprints;
  }

  /**
   * Numbers of the VMs whose balloon driver reports memory.
   *
   * @param data of {@code /nodes/{node}/qemu?full=1}
   */
  static Set<String> ballooned(JsonNode data) throws MalformedAnswerException {
    Set<String> ballooned = new HashSet<>();
    for (JsonNode row : Json.rows(data)) {
      // The driver is there without a statistics interval too; only `free_mem` means that it
      // reports.
      if (Json.whole(row.path("ballooninfo"), "free_mem") != null) {
        ballooned.add(Json.required(row, "vmid"));
      }
    }
    return ballooned;
  }
}
