package io.muster.cli.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster maintenance}: no alert for a while. */
@Command(
    name = "maintenance",
    description = {
      "Puts a server, or one node of it, into maintenance: it is polled, and raises no alert.",
      "It ends by itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster maintenance pve-1 2h --reason \"new disks\"",
      "  muster maintenance pve-1 30m --node pve2",
      "  muster maintenance pve-1 --end"
    })
public final class MaintenanceCommand extends ApiVerb {
  @Parameters(index = "0", paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<time>",
      description = "How long: 30m, 2h, 3d.")
  private @Nullable String time;

  @Option(names = "--node", paramLabel = "<node>", description = "One node alone.")
  private @Nullable String node;

  @Option(names = "--reason", paramLabel = "<text>", description = "For those who wonder.")
  private String reason = "";

  @Option(names = "--end", description = "Ends it now.")
  private boolean end;

  @Override
  protected int run(ControlApi api) {
    if (end == (time != null)) {
      throw new UsageException("Say how long (2h), or --end. Try: muster maintenance --help");
    }
    var path = Servers.path(server) + "/maintenance";
    var what = node == null ? server : "node " + node + " of " + server;
    if (time == null) {
      tell(
          api.send(Call.delete(path).with("node", node)).json(),
          "Maintenance of " + what + " is over.");
      return DONE;
    }
    var until = now().plus(Words.span(time, "The time")).truncatedTo(ChronoUnit.SECONDS);
    var body = JsonNodeFactory.instance.objectNode().put("until", until.toString());
    body.put("reason", reason);
    if (node != null) {
      body.put("node", node);
    }
    tell(
        api.send(Call.put(path, body)).json(),
        "%s is in maintenance until %s.".formatted(what, until));
    return DONE;
  }
}
