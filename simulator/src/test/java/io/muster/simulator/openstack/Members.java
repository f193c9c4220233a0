package io.muster.simulator.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which members a JSON value has, with their types: elements of a list taken together, and null as
 * any type.
 */
final class Members {
  /** Members whose names are values: machines, hosts, traits and extra specifications. */
  private static final Set<String> MAPS =
      Set.of("extra_specs", "addresses", "allocations", "hosts", "metadata");

  private final Map<String, Set<String>> types = new TreeMap<>();

  private Members() {}

  static Members of(JsonNode node) {
    Members members = new Members();
    members.add("$", node);
    return members;
  }

  private void add(String path, JsonNode node) {
    types.computeIfAbsent(path, _ -> new TreeSet<>()).add(type(node));
    String name = path.substring(path.lastIndexOf('.') + 1);
    if (node.isObject()) {
      node.properties()
          .forEach(member -> {
            String key = MAPS.contains(name) ? "*" : member.getKey();
            add(path + "." + numberless(key), member.getValue());
          });
    } else if (node.isArray()) {
      node.forEach(element -> add(path + "[]", element));
    }
  }

  /** Which processor and which tap it is of is a value too. */
  private static String numberless(String key) {
    return key.replaceAll("^tap[0-9a-f]{8}-[0-9a-f]{2}", "tap*").replaceAll("^cpu\\d+", "cpu*");
  }

  private static String type(JsonNode node) {
    return node.isNull() ? "null" : node.getNodeType().name();
  }

  /** How two differ, one line for each difference; below a list that is empty nothing is known. */
  Set<String> differences(Members simulated) {
    Set<String> lines = new TreeSet<>();
    Map<String, Set<String>> all = new HashMap<>(types);
    simulated.types.forEach((path, _) -> all.putIfAbsent(path, Set.of()));
    for (String path : all.keySet()) {
      Set<String> theirs = types.getOrDefault(path, Set.of());
      Set<String> ours = simulated.types.getOrDefault(path, Set.of());
      if (theirs.isEmpty()) {
        if (hasParent(path)) {
          lines.add(path + ": only simulated");
        }
      } else if (ours.isEmpty()) {
        if (simulated.hasParent(path)) {
          lines.add(path + ": only recorded");
        }
      } else if (!agree(theirs, ours)) {
        lines.add(path + ": " + theirs + " recorded, " + ours + " simulated");
      }
    }
    return lines;
  }

  private static boolean agree(Set<String> theirs, Set<String> ours) {
    return theirs.equals(Set.of("null"))
        || ours.equals(Set.of("null"))
        || theirs.stream().anyMatch(type -> !type.equals("null") && ours.contains(type));
  }

  private boolean hasParent(String path) {
    if (path.endsWith("[]") || path.endsWith(".*")) {
      return false;
    }
    int dot = path.lastIndexOf('.');
    return dot > 0 && types.containsKey(path.substring(0, dot));
  }
}
