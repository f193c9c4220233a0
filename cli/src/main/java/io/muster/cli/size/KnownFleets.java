package io.muster.cli.size;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.servers.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a control API knows, as fleets. */
final class KnownFleets {
  private KnownFleets() {}

  /** Enabled servers alone: others are not polled. */
  static List<Fleet> read(ControlApi api) {
    var nodes = byServer(api.all(Call.get("/nodes")), node -> true);
    var vms = api.walk(Call.get("/vms")).items();
    var measured = byServer(vms, vm -> !isDeployment(vm));
    var others = byServer(vms, KnownFleets::isDeployment);
    var fleets = new TreeMap<String, Fleet>();
    for (var server : api.all(Servers.all())) {
      if (!server.path("enabled").asBoolean(true)) {
        continue;
      }
      var platform = Fleet.Platform.of(server.path("provider").asText());
      var seconds = server.path("intervalSeconds").asLong(platform.interval().toSeconds());
      var id = server.path("id").asText();
      var fleet =
          new Fleet(
              platform,
              Duration.ofSeconds(seconds),
              1,
              nodes.getOrDefault(id, 0L),
              measured.getOrDefault(id, 0L),
              others.getOrDefault(id, 0L));
      fleets.merge(platform + " " + seconds, fleet, Fleet::and);
    }
    return List.copyOf(fleets.values());
  }

  private static boolean isDeployment(JsonNode vm) {
    return vm.path("type").asText().equals("deployment");
  }

  private static Map<String, Long> byServer(Iterable<JsonNode> things, Predicate<JsonNode> which) {
    var counts = new TreeMap<String, Long>();
    for (var thing : things) {
      if (which.test(thing)) {
        counts.merge(thing.path("serverId").asText(), 1L, Long::sum);
      }
    }
    return counts;
  }
}
