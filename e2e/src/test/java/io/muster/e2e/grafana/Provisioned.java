package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Everything that Grafana is provisioned with.
 *
 * @param dashboards of {@code grafana/}, by file name
 * @param files of {@code provisioning/}, as trees, by path below that folder such as {@code
 *     alerting/rules-nodes.yaml}
 */
record Provisioned(List<Dashboard> dashboards, Map<String, JsonNode> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Provisioned ofCheckout() {
    return of(checkout());
  }

  static Path checkout() {
    return Path.of(System.getProperty("muster.checkout", "..")).toAbsolutePath().normalize();
  }

  static Provisioned of(Path checkout) {
    var dashboards =
        files(checkout.resolve("grafana"), ".json").stream()
            .map(file -> new Dashboard(file, json(file)))
            .toList();
    var folder = checkout.resolve("provisioning");
    var files = new LinkedHashMap<String, JsonNode>();
    for (var file : files(folder, ".yaml")) {
      files.put(folder.relativize(file).toString().replace('\\', '/'), yaml(file));
    }
    return new Provisioned(dashboards, files);
  }

  /** Those of one folder below {@code provisioning/}, such as {@code alerting}. */
  Map<String, JsonNode> files(String folder) {
    var some = new LinkedHashMap<String, JsonNode>();
    files.forEach((path, tree) -> {
      if (path.startsWith(folder + "/")) {
        some.put(path, tree);
      }
    });
    return some;
  }

  Dashboard dashboard(String uid) {
    return dashboards.stream()
        .filter(dashboard -> dashboard.uid().equals(uid))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No dashboard has the uid " + uid));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot read " + file, failed);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(text(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(file + " is no JSON", broken);
    }
  }

  private static JsonNode yaml(Path file) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(text(file)));
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot list " + folder, failed);
    }
  }
}
