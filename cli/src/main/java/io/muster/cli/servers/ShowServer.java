package io.muster.cli.servers;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows everything of a server but its secrets.")
final class ShowServer extends ApiVerb {
  @Parameters(paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Override
  protected int run(ControlApi api) {
    var answer = api.send(Call.get(Servers.path(server))).json();
    show(answer, "", () -> Servers.facts(answer, now()));
    return DONE;
  }
}
