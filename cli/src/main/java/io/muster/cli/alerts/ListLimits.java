package io.muster.cli.alerts;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists each rule's own limit, and those of servers and tags.")
final class ListLimits extends ApiVerb {
  @Option(names = "--rule", paramLabel = "<rule>", description = "Those of one rule.")
  private @Nullable String rule;

  @Option(names = "--server", paramLabel = "<server>", description = "Those of one server alone.")
  private @Nullable String server;

  @Override
  protected int run(ControlApi api) {
    var limits =
        api.all(Call.get(Limits.ROUTE).with("rule", rule).with("server", Limits.reference(server)));
    show(limits, "No limits of its own.", () -> Limits.table(limits, now()));
    return DONE;
  }
}
