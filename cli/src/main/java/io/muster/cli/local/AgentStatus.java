package io.muster.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's {@code /state} in one line.
 *
 * @param health the part whose change is worth a line of its own
 * @param line all of it
 */
record AgentStatus(String health, String line) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads it.
   *
   * @param state empty when the agent did not answer
   * @param vms how many {@code vm_now} has; null is unknown
   */
  static AgentStatus read(String state, @Nullable Long vms) {
    if (state.isEmpty()) {
      return new AgentStatus("silent", "the agent does not answer");
    }
    try {
      return of(JSON.readTree(state), vms);
    } catch (JacksonException unreadable) {
      return new AgentStatus("unreadable", "the agent's /state is not readable");
    }
  }

  private static AgentStatus of(JsonNode state, @Nullable Long vms) {
    var health = servers(state.path("servers")) + writerProblem(state.path("writer"));
    return new AgentStatus(health, health + progress(state, vms));
  }

  private static String servers(JsonNode servers) {
    var ok = stream(servers).filter(s -> s.path("status").asText().equals("up")).count();
    var online =
        stream(servers).mapToLong(s -> s.path("lastPoll").path("nodesOnline").asLong()).sum();
    var total =
        stream(servers).mapToLong(s -> s.path("lastPoll").path("nodesTotal").asLong()).sum();
    return "servers %d/%d ok · nodes %d/%d online".formatted(ok, servers.size(), online, total);
  }

  private static String writerProblem(JsonNode writer) {
    if (writer.path("connected").asBoolean()) {
      return "";
    }
    return writer.hasNonNull("problem") ? " · QuestDB is not reached" : "";
  }

  private static String progress(JsonNode state, @Nullable Long vms) {
    var lagMs =
        stream(state.path("servers")).mapToDouble(s -> s.path("lagMs").asDouble()).max().orElse(0);
    var age =
        stream(state.path("servers"))
            .filter(s -> s.hasNonNull("lastSuccessAgeSeconds"))
            .mapToDouble(s -> s.path("lastSuccessAgeSeconds").asDouble())
            .min();
    return String.format(
        Locale.ROOT,
        " · VMs %s · rows %d written · lag %.0f ms · last poll %s",
        vms == null ? "?" : vms,
        state.path("writer").path("rowsWritten").asLong(),
        lagMs,
        age.isPresent() ? "%.0f s ago".formatted(age.getAsDouble()) : "not yet");
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
