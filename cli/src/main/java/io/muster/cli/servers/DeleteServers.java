package io.muster.cli.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Confirmation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Takes servers out of the inventory. What was measured of them stays.")
final class DeleteServers extends ApiVerb {
  @Parameters(arity = "1..*", paramLabel = "<server>", description = "Names or ids.")
  private List<String> servers = List.of();

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  protected int run(ControlApi api) {
    if (!confirmation.given(prompts(), "Delete " + String.join(", ", servers) + "?")) {
      remark("Nothing was deleted.");
      return FAILED;
    }
    var deleted = JsonNodeFactory.instance.arrayNode();
    for (var server : servers) {
      api.send(Call.delete(Servers.path(server)));
      deleted.add(server);
    }
    tell(deleted, "Deleted " + String.join(", ", servers) + ".");
    return DONE;
  }
}
