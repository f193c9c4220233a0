package io.muster.cli.reads;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;

/** {@code muster status}: the roll call in a few lines. */
@Command(
    name = "status",
    description = "Counts servers, agents, nodes and VMs by how they are.",
    footerHeading = "%nExamples:%n",
    footer = {"  muster status", "  muster status --json | jq .vms"})
public final class StatusCommand extends ApiVerb {
  @Override
  protected int run(ControlApi api) {
    var status = api.send(Call.get("/status")).json();
    show(status, "Nothing is known yet.", () -> Counts.table(status));
    if (!Counts.error(status).isEmpty()) {
      remark(Counts.error(status));
    }
    return DONE;
  }
}
