package io.muster.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.ServerEvent;
import io.muster.cli.verb.Words;

/**
 * An event in words.
 *
 * @param at its time, missing when it has none
 * @param who it is about: {@code pve-1/qemu:101}
 * @param what is so now
 */
record Change(JsonNode at, String who, String what) {
  static Change of(ServerEvent event) {
    var data = event.data();
    var server = data.path("serverName").asText();
    var at = data.path("at");
    return switch (event.kind()) {
      case "server-status" ->
          new Change(at, server, because(data.path("status"), data.path("error")) + renamed(data));
      case "vm-status" -> new Change(at, server + "/" + data.path("vmId").asText(), vm(data));
      case "action" ->
          new Change(
              at,
              server + "/" + data.path("vmId").asText(),
              "%s by %s: %s"
                  .formatted(
                      data.path("action").asText(),
                      data.path("who").asText(),
                      because(data.path("status"), data.path("error"))));
      case "agent" ->
          new Change(
              at,
              "site " + data.path("site").asText(),
              "agent " + because(data.path("status"), data.path("reason")));
      case "reset" -> new Change(at, "muster", data.path("detail").asText());
      // A newer API may tell of more.
      default -> new Change(at, event.kind(), Words.of(data));
    };
  }

  private static String vm(JsonNode data) {
    var name = data.hasNonNull("name") ? data.path("name").asText() + ": " : "";
    var node = data.hasNonNull("node") ? " on " + data.path("node").asText() : "";
    return name + Words.of(data.path("status")) + node;
  }

  private static String renamed(JsonNode data) {
    return data.hasNonNull("previousName")
        ? " (was " + data.path("previousName").asText() + ")"
        : "";
  }

  private static String because(JsonNode what, JsonNode why) {
    return Words.of(what) + (why.isTextual() ? ": " + why.asText() : "");
  }
}
