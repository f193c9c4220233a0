package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /nodes/{node}/status} says; never its {@code cpu}, which each worker counts alone.
 */
record NodeStatusFacts(
    @Nullable String version,
    @Nullable String kernel,
    @Nullable String cpuModel,
    @Nullable Double load1,
    @Nullable Double load5,
    @Nullable Double load15,
    @Nullable Long swapUsed,
    @Nullable Long swapTotal) {

  static NodeStatusFacts read(JsonNode data) throws MalformedAnswerException {
    JsonNode status = Json.object(data);
    JsonNode load = status.path("loadavg");
    String kernel = Json.text(status.path("current-kernel"), "release");
    return new NodeStatusFacts(
        word(Json.text(status, "pveversion"), "/", 1),
        kernel != null ? kernel : word(Json.text(status, "kversion"), " ", 1),
        Json.text(status.path("cpuinfo"), "model"),
        Json.number(load.path(0)),
        Json.number(load.path(1)),
        Json.number(load.path(2)),
        Json.whole(status.path("swap"), "used"),
        Json.whole(status.path("swap"), "total"));
  }

  /** {@code pve-manager/9.2.11/hash} → {@code 9.2.11}. */
  private static @Nullable String word(@Nullable String text, String separator, int index) {
    if (text == null) {
      return null;
    }
    String[] words = text.split(separator, -1);
    return words.length > index && !words[index].isEmpty() ? words[index] : text;
  }
}
