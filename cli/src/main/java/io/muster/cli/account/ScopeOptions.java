package io.muster.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.reads.VmAddress;
import io.muster.cli.servers.Servers;
import io.muster.cli.verb.Words;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What of the tenant somebody sees: each entry grants, and none at all is everything. */
final class ScopeOptions {
  private static final String NAME = "name:";

  /** The API's word for each kind of entry, and people's. */
  private static final Map<String, String> KINDS =
      Map.of("servers", "server", "groups", "group", "tags", "tag", "vmIds", "VM");

  private static final List<String> ORDER = List.of("servers", "groups", "tags", "vmIds");

  @Option(
      names = "--server",
      paramLabel = "<server>",
      description = "Grants a server with all that is on it. Can be repeated, as the next three.")
  private List<String> servers = List.of();

  @Option(
      names = "--group",
      paramLabel = "<group>",
      description = {
        "Grants VMs of a pool, namespace or project: of every server,",
        "or of one as name:<server>/<group>."
      })
  private List<String> groups = List.of();

  @Option(
      names = "--tag",
      paramLabel = "<tag>",
      description = "Grants servers with this tag and what is on them, and VMs with it.")
  private List<String> tags = List.of();

  @Option(
      names = "--vm",
      paramLabel = "<server>/<id>",
      description = "Grants one VM, such as pve-1/qemu:101.")
  private List<String> vms = List.of();

  boolean isGiven() {
    return !(servers.isEmpty() && groups.isEmpty() && tags.isEmpty() && vms.isEmpty());
  }

  /** As the API takes it; names of servers are looked up. */
  ObjectNode json(ControlApi api) {
    var scope = JsonNodeFactory.instance.objectNode();
    put(scope, "servers", servers, server -> id(api, server));
    put(scope, "groups", groups, group -> group(api, group));
    put(scope, "tags", tags, UnaryOperator.identity());
    put(scope, "vmIds", vms, vm -> vm(api, vm));
    return scope;
  }

  private static void put(
      ObjectNode scope, String key, List<String> entries, UnaryOperator<String> written) {
    if (!entries.isEmpty()) {
      ArrayNode list = scope.putArray(key);
      entries.stream().map(written).forEach(list::add);
    }
  }

  /** Groups have slashes of their own; names of servers have none. */
  private static String group(ControlApi api, String group) {
    var slash = group.indexOf('/');
    return group.startsWith(NAME) && slash > 0
        ? id(api, group.substring(0, slash)) + group.substring(slash)
        : group;
  }

  private static String vm(ControlApi api, String text) {
    var address = VmAddress.of(text);
    return id(api, address.server()) + "/" + address.vm();
  }

  private static String id(ControlApi api, String server) {
    try {
      return UUID.fromString(server).toString();
    } catch (IllegalArgumentException isAName) {
      return api.send(Call.get(Servers.path(server))).json().path("id").asText();
    }
  }

  /** In a few words: {@code all}, {@code 2 servers, 1 tag}. */
  static String words(JsonNode scope) {
    var parts =
        ORDER.stream()
            .filter(kind -> !scope.path(kind).isEmpty())
            .map(kind -> Words.count(scope.path(kind).size(), String.valueOf(KINDS.get(kind))))
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "all" : parts;
  }

  /** The whole tenant: for taking a scope back. */
  static ObjectNode everything() {
    var scope = JsonNodeFactory.instance.objectNode();
    ORDER.forEach(scope::putArray);
    return scope;
  }
}
