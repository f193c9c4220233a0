package io.muster.cli.alerts;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "unset",
    description = {
      "Takes back a limit, so that the more general one counts.",
      "A rule's own becomes what Muster brings."
    })
final class UnsetLimit extends ApiVerb {
  @Parameters(index = "0", paramLabel = "<rule>", description = "As in: muster alerts list.")
  private String rule = "";

  @Option(names = "--server", paramLabel = "<server>", description = "Of one server.")
  private @Nullable String server;

  @Option(names = "--tag", paramLabel = "<tag>", description = "Of a tag.")
  private @Nullable String tag;

  @Override
  protected int run(ControlApi api) {
    var done =
        api.send(
            Call.delete(Limits.path(rule))
                .with("server", Limits.reference(server))
                .with("tag", tag));
    var whose = Limits.whose(server, tag);
    tell(
        done.json(),
        whose.equals(Words.UNKNOWN)
            ? rule + " is what Muster brings."
            : rule + " has no limit of its own for " + whose + ".");
    return DONE;
  }
}
