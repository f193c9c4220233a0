package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows everything of a VM, with its last sample.")
final class ShowVm extends ApiVerb {
  @Parameters(paramLabel = "<server>/<id>", description = "As the list shows it.")
  private String vm = "";

  @Override
  protected int run(ControlApi api) {
    var answer = api.send(Call.get(VmAddress.of(vm).path())).json();
    show(answer, "", () -> facts(answer));
    return DONE;
  }

  private Table facts(JsonNode answer) {
    return Facts.table(answer, now());
  }
}
