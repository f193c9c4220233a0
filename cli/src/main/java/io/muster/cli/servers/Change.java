package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;

/** A change of the version that was looked at: another's change in between is not undone. */
final class Change {
  private Change() {}

  static JsonNode apply(ControlApi api, String server, ObjectNode fields) {
    var seen = api.send(Call.get(Servers.path(server)));
    var path = Servers.path(seen.json().path("id").asText(server));
    return api.send(Call.patch(path, fields).ifMatch(seen.version())).json();
  }
}
