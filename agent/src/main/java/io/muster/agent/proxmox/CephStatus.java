package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /cluster/ceph/status} says.
 *
 * @param health such as {@code HEALTH_WARN}
 */
record CephStatus(@Nullable String health) {
  static CephStatus read(JsonNode data) throws MalformedAnswerException {
    return new CephStatus(Json.text(Json.object(data).path("health"), "status"));
  }
}
