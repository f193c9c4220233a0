package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists nodes of all servers, or those that are asked for.")
final class ListNodes extends ApiVerb {
  @Option(names = "--server", paramLabel = "<server>", description = "Those of one server.")
  private @Nullable String server;

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description = "online, offline, ready, not-ready, maintenance or unknown.")
  private @Nullable String status;

  @Option(
      names = {"-q", "--search"},
      paramLabel = "<text>",
      description = "Those with this in their name.")
  private @Nullable String text;

  @Override
  protected int run(ControlApi api) {
    var nodes =
        api.list(Call.get("/nodes").ofServer(server).with("status", status).with("q", text));
    show(nodes.items(), "No such nodes.", () -> table(nodes.items()));
    Unread.of(nodes.first()).forEach(this::remark);
    return DONE;
  }

  private static Table table(Iterable<JsonNode> nodes) {
    var table = new Table("NODE", "SERVER", "STATUS", "CPU", "MEMORY", "OF", "VMS", "UP");
    for (var node : nodes) {
      table.add(
          Words.of(node.path("node")),
          Words.of(node.path("serverName")),
          Words.of(node.path("status")),
          Words.percent(node.path("cpuUsageRatio")),
          Words.bytes(node.path("memoryUsedBytes")),
          Words.bytes(node.path("memoryTotalBytes")),
          Words.of(node.path("vmsTotal")),
          Words.seconds(node.path("uptimeSeconds")));
      var detail = node.path("statusDetail").asText("");
      if (!detail.isEmpty() && !detail.equals(node.path("status").asText())) {
        table.note(detail);
      }
    }
    return table;
  }
}
