package io.muster.simulator.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a JSON value looks like without its values. */
final class Shape {
  private Shape() {}

  /** How two values differ in shape, one line for each difference. */
  static Set<String> differences(JsonNode recorded, JsonNode simulated) {
    Set<String> differences = new TreeSet<>();
    compare("$", recorded, simulated, differences);
    return differences;
  }

  private static void compare(
      String path, JsonNode recorded, JsonNode simulated, Set<String> differences) {
    if (!type(recorded).equals(type(simulated))) {
      differences.add(
          path + ": " + type(recorded) + " recorded, " + type(simulated) + " simulated");
      return;
    }
    if (recorded.isObject()) {
      Set<String> keys = new TreeSet<>(keys(recorded));
      keys.addAll(keys(simulated));
      for (String key : keys) {
        String below = path + "." + key;
        if (!recorded.has(key)) {
          differences.add(below + ": only simulated");
        } else if (!simulated.has(key)) {
          differences.add(below + ": only recorded");
        } else {
          compare(below, recorded.path(key), simulated.path(key), differences);
        }
      }
    } else if (recorded.isArray()) {
      compareKinds(path, kinds(recorded), kinds(simulated), differences);
    }
  }

  /** Elements are compared by their kinds: two with the same shape count once. */
  private static void compareKinds(
      String path, Set<String> recorded, Set<String> simulated, Set<String> differences) {
    for (String kind : recorded) {
      if (!simulated.contains(kind)) {
        differences.add(path + "[]: only recorded " + kind);
      }
    }
    for (String kind : simulated) {
      if (!recorded.contains(kind)) {
        differences.add(path + "[]: only simulated " + kind);
      }
    }
  }

  private static Set<String> kinds(JsonNode array) {
    Set<String> kinds = new TreeSet<>();
    array.forEach(element -> kinds.add(describe(element)));
    return kinds;
  }

  private static String describe(JsonNode node) {
    if (node.isObject()) {
      Map<String, String> members = new TreeMap<>();
      node.properties()
          .forEach(member -> members.put(member.getKey(), describe(member.getValue())));
      return members.toString();
    }
    return node.isArray() ? kinds(node).toString() : type(node);
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case OBJECT -> "object";
      case ARRAY -> "array";
      case NULL -> "null";
      case MISSING -> "nothing";
      case BINARY, POJO -> throw new AssertionError("Not from a parser: " + node);
    };
  }
}
