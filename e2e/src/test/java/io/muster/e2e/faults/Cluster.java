package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One simulated cluster and its control.
 *
 * @param name as the agent's inventory has it
 * @param endpoints as the simulator wrote them
 */
record Cluster(String name, JsonNode endpoints) {
  /** Times the nominal period: status daemons are late by themselves, and the machine may be. */
  private static final int SLOWNESS = 5;

  /**
   * Puts a fault in, as in {@code fault("hung", "node=pve2")}; gives the number that {@link #heal}
   * takes.
   */
  int fault(String kind, String... parameters) throws IOException {
    var query = "kind=" + kind + (parameters.length == 0 ? "" : "&" + String.join("&", parameters));
    return control("POST", "/faults?" + query).path("id").asInt();
  }

  void heal(int fault) throws IOException {
    control("DELETE", "/faults/" + fault);
  }

  JsonNode control(String method, String path) throws IOException {
    return Http.call(method, endpoints.path("control").asText() + path);
  }

  List<String> nodes() {
    return endpoints.path("nodes").valueStream().map(node -> node.path("name").asText()).toList();
  }

  /**
   * The second of every sample, by object: {@code node/pve1}, {@code qemu/100}, {@code lxc/101}.
   */
  Map<String, NavigableSet<Long>> produced(Window window) throws IOException {
    var answer = control("GET", "/produced?from=%d&to=%d".formatted(window.from(), window.to()));
    var produced = new TreeMap<String, NavigableSet<Long>>();
    for (var object : answer.properties()) {
      var seconds = new TreeSet<Long>();
      object.getValue().forEach(second -> seconds.add(second.asLong()));
      produced.put(object.getKey(), seconds);
    }
    return produced;
  }

  /**
   * Blocks until the first node, whose clock and power no test touches, has measured so many times
   * more: how a test lets time pass.
   */
  void awaitGenerations(int count, Duration period) {
    var begin = Instant.now().getEpochSecond();
    var first = "node/" + nodes().getFirst();
    Wait.until(
        period.multipliedBy(count + 1L).multipliedBy(SLOWNESS),
        () -> "%s measured %d times".formatted(first, count),
        () ->
            produced(Window.sinceUntilNow(begin)).getOrDefault(first, new TreeSet<>()).size()
                >= count);
  }

  /** Its entry in the agent's inventory. */
  void describe(ObjectNode entry, int intervalSeconds) {
    entry.put("name", name);
    entry.put("provider", "proxmox");
    entry.put("intervalSeconds", intervalSeconds);
    entry.set("urls", endpoints.path("urls"));
    var addresses = entry.putObject("nodeAddresses");
    for (var node : endpoints.path("nodes")) {
      if (node.has("url")) {
        addresses.set(node.path("name").asText(), node.path("url"));
      }
    }
    entry.set("tokenId", endpoints.path("readerToken").path("id"));
    entry.set("tokenSecret", endpoints.path("readerToken").path("secret"));
    entry.put("caCert", "file:" + endpoints.path("caFile").asText());
  }
}
