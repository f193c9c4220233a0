package io.muster.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The agent's {@code /state} in one line.
 *
 * @param health what makes a new line worth printing when it changes
 * @param line all of it
 */
record AgentStatus(String health, String line) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code state} is empty when the agent did not answer. */
  static AgentStatus read(String state) {
    if (state.isEmpty()) {
      return new AgentStatus("silent", "The agent does not answer.");
    }
    try {
      return of(JSON.readTree(state));
    } catch (JacksonException unreadable) {
      return new AgentStatus("unreadable", "The agent's /state is not readable.");
    }
  }

  private static AgentStatus of(JsonNode state) {
    var health = "servers " + state.path("servers").size();
    return new AgentStatus(health, health);
  }
}
