package io.muster.agent.inventory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.configuration.Flags;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.LocalValues;
import io.muster.protocol.inventory.UnresolvedException;
import io.muster.protocol.inventory.Values;
import io.muster.settings.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Proxmox VE servers from {@code PROXMOX_NODE_<n>_…} variables. Read once: a process's environment
 * doesn't change, and {@code application.yml} is read at the start; the files of {@code …_FILE} do
 * and are watched.
 */
final class EnvironmentServers {
  private static final Pattern VARIABLE = Pattern.compile("PROXMOX_NODE_(\\d{1,9})_(.+)");
  private static final String SECRET_FILE = "TOKEN_SECRET_FILE";

  /** Key of an entry by the end of the variable's name. */
  private static final Map<String, String> KEYS =
      Map.of(
          "NAME", "name",
          "HOST", "host",
          "TOKEN_ID", "tokenId",
          "TOKEN_SECRET", "tokenSecret",
          "VERIFY_SSL", "verifyTls",
          "FINGERPRINT", "fingerprints");

  private final Variables variables;
  private final InventoryReader reader;
  private final FileReads reads;
  private final Problems problems;

  EnvironmentServers(
      Variables variables, InventoryReader reader, FileReads reads, Problems problems) {
    this.variables = variables;
    this.reader = reader;
    this.reads = reads;
    this.problems = problems;
  }

  /** Where its servers stand: the environment, files, both, or nowhere. */
  static List<String> origins(Variables variables) {
    return variables.keys().stream()
        .filter(key -> VARIABLE.matcher(key).matches())
        .map(variables::placeOf)
        .distinct()
        .sorted()
        .toList();
  }

  /** The sound servers, in the order of their numbers; what is wrong goes to the problems. */
  List<ReadServer> read() {
    SortedMap<Integer, SortedMap<String, String>> numbers = new TreeMap<>();
    for (String variable : variables.keys()) {
      Matcher matcher = VARIABLE.matcher(variable);
      String value = variables.get(variable);
      if (matcher.matches() && value != null) {
        numbers
            .computeIfAbsent(Integer.valueOf(group(matcher, 1)), number -> new TreeMap<>())
            .put(group(matcher, 2), value);
      }
    }
    List<ReadServer> servers = new ArrayList<>();
    numbers.forEach((number, values) -> {
      ReadServer server = read("PROXMOX_NODE_" + number, values);
      if (server != null) {
        servers.add(server);
      }
    });
    return servers;
  }

  private static String group(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? "" : text;
  }

  private @Nullable ReadServer read(String prefix, SortedMap<String, String> values) {
    String name = values.get("NAME");
    Place place =
        new Place(
            placesOf(prefix, values),
            name == null ? prefix : prefix + " " + Printable.text(name),
            key -> variable(prefix, key, values));
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach((suffix, value) -> {
      String key = KEYS.get(suffix);
      if (key != null) {
        put(node, key, value.strip(), place);
      } else if (!suffix.equals(SECRET_FILE)) {
        unknown(place, prefix, suffix);
      }
    });
    String secretFile = values.get(SECRET_FILE);
    if (secretFile != null) {
      putSecret(place, node, prefix, secretFile.strip());
    }
    return reader.read(place, node, Values.literal(), problems);
  }

  private void problem(Place place, String key, String found, String expected) {
    problems.add(place.problem(new FieldProblem(key, found, expected)));
  }

  /** An entry may stand in several places: its secret in the environment, the rest in a file. */
  private String placesOf(String prefix, SortedMap<String, String> values) {
    return values.keySet().stream()
        .map(suffix -> variables.placeOf(prefix + "_" + suffix))
        .distinct()
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private void put(ObjectNode node, String key, String value, Place place) {
    switch (key) {
      case "verifyTls" -> {
        Boolean flag = Flags.parse(value);
        if (flag == null) {
          problem(place, key, Printable.text(value), Flags.EXPECTED);
        } else {
          node.put(key, flag);
        }
      }
      case "fingerprints" -> {
        for (String fingerprint : value.split(",", -1)) {
          node.withArrayProperty(key).add(fingerprint.strip());
        }
      }
      default -> node.put(key, value);
    }
  }

  private void putSecret(Place place, ObjectNode node, String prefix, String file) {
    String key = prefix + "_" + SECRET_FILE;
    if (node.has("tokenSecret")) {
      problem(
          place, key, Printable.text(file), "only one of " + prefix + "_TOKEN_SECRET and " + key);
      return;
    }
    try {
      Values files = new LocalValues(variables.environment(), Path.of(""), reads::read);
      node.put("tokenSecret", files.file(file));
    } catch (UnresolvedException e) {
      problem(place, "tokenSecret", Printable.text(file), e.expected());
    }
  }

  private void unknown(Place place, String prefix, String suffix) {
    String nearest = Spelling.nearest(suffix, KEYS.keySet());
    problem(
        place,
        prefix + "_" + suffix,
        "an unknown variable",
        nearest == null
            ? "one that ends with " + String.join(", ", KEYS.keySet().stream().sorted().toList())
            : "a known one; did you mean '" + prefix + "_" + nearest + "'?");
  }

  /** The variable that a key of the entry was read from, or would be. */
  private static @Nullable String suffix(String key) {
    // Where the server is, is asked of urls when there is nothing.
    String name = key.equals("urls") ? "host" : key.replaceFirst("\\[.*", "");
    return KEYS.entrySet().stream()
        .filter(known -> known.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static String variable(String prefix, String key, Map<String, String> values) {
    if (key.equals("tokenSecret")
        && values.containsKey(SECRET_FILE)
        && !values.containsKey("TOKEN_SECRET")) {
      return prefix + "_" + SECRET_FILE;
    }
    String suffix = suffix(key);
    return suffix == null ? key : prefix + "_" + suffix;
  }
}
