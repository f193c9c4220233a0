package io.muster.cli.servers;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import picocli.CommandLine.Command;

@Command(
    name = "check",
    description = {
      "Connects to all enabled servers now, in parallel, through their agents.",
      "Exit code 1 when one is not online."
    })
final class CheckServers extends ApiVerb {
  @Override
  protected int run(ControlApi api) {
    var answer = api.send(Call.post("/servers/health-check")).json();
    show(
        answer,
        "No enabled servers.",
        () -> {
          var table = new Table("NAME", "STATUS", "ANSWERED IN");
          for (var server : answer) {
            table.add(
                Words.of(server.path("name")),
                Words.of(server.path("status")),
                Words.amount(server.path("responseTimeMs"), " ms"));
            if (server.hasNonNull("error")) {
              table.note(server.path("error").asText());
            }
          }
          return table;
        });
    var allOnline =
        answer.valueStream().allMatch(server -> server.path("status").asText().equals("online"));
    return allOnline ? DONE : FAILED;
  }
}
