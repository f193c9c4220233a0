package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists servers, and why those are not online that are not.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers list --status offline",
      "  muster servers list --site berlin --json | jq -r '.[].name'"
    })
final class ListServers extends ApiVerb {
  @Option(names = "--site", paramLabel = "<site>", description = "Those of one site.")
  private List<String> sites = List.of();

  @Option(
      names = "--provider",
      paramLabel = "<provider>",
      description = "proxmox, kubernetes or openstack.")
  private List<String> providers = List.of();

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description = "online, offline, unknown, checking, disabled or maintenance.")
  private List<String> statuses = List.of();

  @Option(names = "--tag", paramLabel = "<tag>", description = "Those with this tag.")
  private List<String> tags = List.of();

  @Override
  protected int run(ControlApi api) {
    var shown = filtered(api.all(Servers.all()));
    show(
        shown,
        "No servers. Add some: muster servers template > servers.csv",
        () -> Servers.table(shown, now()));
    return DONE;
  }

  private ArrayNode filtered(ArrayNode servers) {
    Predicate<JsonNode> wanted =
        server ->
            isOneOf(sites, server.path("site").asText())
                && isOneOf(providers, server.path("provider").asText())
                && isOneOf(statuses, Servers.status(server))
                && (tags.isEmpty()
                    || server.path("tags").valueStream().anyMatch(t -> tags.contains(t.asText())));
    var shown = JsonNodeFactory.instance.arrayNode();
    servers.valueStream().filter(wanted).forEach(shown::add);
    return shown;
  }

  private static boolean isOneOf(List<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
