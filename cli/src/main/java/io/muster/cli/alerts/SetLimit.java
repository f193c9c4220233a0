package io.muster.cli.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description = "Sets the limit of a rule: for a server, a tag, both, or the rule's own.")
final class SetLimit extends ApiVerb {
  @Parameters(index = "0", paramLabel = "<rule>", description = "As in: muster alerts list.")
  private String rule = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<limit>",
      description = "In the unit of the rule.")
  private @Nullable Double limit;

  @Option(names = "--server", paramLabel = "<server>", description = "For one server.")
  private @Nullable String server;

  @Option(names = "--tag", paramLabel = "<tag>", description = "For servers and VMs with this tag.")
  private @Nullable String tag;

  @Option(names = "--off", description = "No alert at all, in place of a limit.")
  private boolean off;

  @Override
  protected int run(ControlApi api) {
    if (off == (limit != null)) {
      throw new UsageException("Say a limit, or --off. Try: muster alerts set --help");
    }
    var body = JsonNodeFactory.instance.objectNode().put("enabled", !off);
    if (limit != null) {
      body.put("limit", limit);
    }
    var set =
        api.send(
                Call.put(Limits.path(rule), body)
                    .with("server", Limits.reference(server))
                    .with("tag", tag))
            .json();
    var whose = Limits.whose(server, tag);
    tell(
        set,
        "%s%s is %s%s."
            .formatted(
                rule,
                whose.equals(Words.UNKNOWN) ? "" : " of " + whose,
                Limits.amount(set),
                off ? "" : " " + set.path("unit").asText()));
    return DONE;
  }
}
