package io.muster.cli.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "disable",
    description = "Keeps a server, and has it polled no longer. Its history stays.")
final class DisableServer extends ApiVerb {
  @Parameters(paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Override
  protected int run(ControlApi api) {
    var changed =
        Change.apply(api, server, JsonNodeFactory.instance.objectNode().put("enabled", false));
    tell(changed, server + " is polled no longer.");
    return DONE;
  }
}
