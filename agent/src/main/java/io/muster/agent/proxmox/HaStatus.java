package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What {@code /cluster/ha/status/current} says.
 *
 * @param errors services that HA gave up on
 */
record HaStatus(int errors) {
  static HaStatus read(JsonNode data) throws MalformedAnswerException {
    int errors = 0;
    for (JsonNode row : Json.rows(data)) {
      if ("service".equals(Json.text(row, "type"))
          && ("error".equals(Json.text(row, "state"))
              || "error".equals(Json.text(row, "crm_state")))) {
        errors++;
      }
    }
    return new HaStatus(errors);
  }
}
