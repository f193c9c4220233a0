package io.muster.cli.servers;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "template", description = "Writes a CSV file to fill in for the import.")
final class ImportTemplate extends ApiVerb {
  @Mixin private Download download = new Download();

  @Override
  protected int run(ControlApi api) {
    var csv = api.send(Call.download("/servers/import/template"));
    download.write(csv.body(), csv.text(), this::raw);
    return DONE;
  }
}
