package io.muster.cli.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rename", description = "Gives a server another name. Its id and its history stay.")
final class RenameServer extends ApiVerb {
  @Parameters(index = "0", paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Parameters(index = "1", paramLabel = "<new name>", description = "What it is called from now.")
  private String name = "";

  @Override
  protected int run(ControlApi api) {
    var changed =
        Change.apply(api, server, JsonNodeFactory.instance.objectNode().put("name", name));
    tell(changed, "%s is %s now.".formatted(server, name));
    return DONE;
  }
}
