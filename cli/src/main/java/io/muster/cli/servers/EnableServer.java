package io.muster.cli.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "enable", description = "Has a server polled.")
final class EnableServer extends ApiVerb {
  @Parameters(paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Override
  protected int run(ControlApi api) {
    var changed =
        Change.apply(api, server, JsonNodeFactory.instance.objectNode().put("enabled", true));
    tell(changed, server + " is polled.");
    return DONE;
  }
}
