package io.muster.cli.servers;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "export",
    description = {
      "Writes the servers as CSV, without secrets.",
      "Imported again with --update, an empty secret keeps the stored one."
    })
final class ExportServers extends ApiVerb {
  @Mixin private Download download = new Download();

  @Override
  protected int run(ControlApi api) {
    if (wantsJson()) {
      json(api.all(Servers.all()));
      return DONE;
    }
    var csv = api.send(Call.download("/servers/export"));
    download.write(csv.body(), csv.text(), this::raw);
    return DONE;
  }
}
