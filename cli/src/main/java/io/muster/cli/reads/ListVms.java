package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists VMs of all servers, or those that are asked for.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster vms list --server pve-1 --status stopped",
      "  muster vms list --type pod --group shop",
      "  muster vms list -q web --json | jq -r '.[].vmId'"
    })
final class ListVms extends ApiVerb {
  /** As people look for them; a walk goes by ids. */
  private static final Comparator<JsonNode> BY_NAME =
      Comparator.<JsonNode, String>comparing(vm -> vm.path("serverName").asText())
          .thenComparing(vm -> vm.path("name").asText(""))
          .thenComparing(vm -> vm.path("vmId").asText());

  @Option(names = "--server", paramLabel = "<server>", description = "Those of one server.")
  private @Nullable String server;

  @Option(names = "--node", paramLabel = "<node>", description = "Those on one node.")
  private @Nullable String node;

  @Option(
      names = "--type",
      paramLabel = "<type>",
      description = "qemu, lxc, pod, deployment or instance.")
  private @Nullable String type;

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description = "running, stopped, paused, suspended, pending, failed, succeeded or unknown.")
  private @Nullable String status;

  @Option(
      names = "--group",
      paramLabel = "<group>",
      description = "Those of one pool, namespace or project.")
  private @Nullable String group;

  @Option(names = "--tag", paramLabel = "<tag>", description = "Those with this tag.")
  private @Nullable String tag;

  @Option(
      names = {"-q", "--search"},
      paramLabel = "<text>",
      description = "Those with this in their name or id.")
  private @Nullable String text;

  @Override
  protected int run(ControlApi api) {
    var vms = api.walk(wanted());
    var sorted = JsonNodeFactory.instance.arrayNode();
    vms.items().valueStream().sorted(BY_NAME).forEach(sorted::add);
    show(sorted, "No such VMs.", () -> table(sorted));
    Unread.of(vms.first()).forEach(this::remark);
    return DONE;
  }

  private Call wanted() {
    return Call.get("/vms")
        .ofServer(server)
        .with("node", node)
        .with("type", type)
        .with("status", status)
        .with("group", group)
        .with("tag", tag)
        .with("q", text);
  }

  private static Table table(Iterable<JsonNode> vms) {
    var table = new Table("VM", "NAME", "NODE", "STATUS", "CPU", "MEM", "UP");
    for (var vm : vms) {
      table.add(
          VmWords.address(vm),
          VmWords.nameBesideId(vm),
          Words.of(vm.path("node")),
          VmWords.status(vm),
          Words.percent(vm.path("cpuUsageRatio")),
          Words.percent(vm.path("memoryUsedBytes"), vm.path("memoryTotalBytes")),
          Words.seconds(vm.path("uptimeSeconds")));
    }
    return table;
  }
}
