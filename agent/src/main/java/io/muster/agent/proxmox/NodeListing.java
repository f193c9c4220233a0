package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Fingerprint;
import java.util.Map;

/**
 * What {@code /nodes} says of all members, whatever the token may see else.
 *
 * @param fingerprints of each node's certificate, offline ones included
 */
record NodeListing(Map<String, Fingerprint> fingerprints, int online, int total) {
  NodeListing {
    fingerprints = Map.copyOf(fingerprints);
  }

  static NodeListing read(JsonNode data) throws MalformedAnswerException {
    int online = 0;
    int total = 0;
    for (JsonNode row : Json.rows(data)) {
      total++;
      if ("online".equals(Json.text(row, "status"))) {
        online++;
      }
    }
    return new NodeListing(NodeReader.fingerprints(data), online, total);
  }
}
