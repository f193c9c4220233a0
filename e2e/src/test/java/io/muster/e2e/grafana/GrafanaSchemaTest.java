package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every dashboard against the types that Grafana publishes: a key that does not exist, or a word
 * that an option does not have, is an error of the TypeScript compiler.
 */
@Tag("npm")
class GrafanaSchemaTest {
  private static final String PACKAGES =
      """
      {"private": true, "dependencies": {"@grafana/schema": "13.2.3", "typescript": "5.9.3"}}
      """;

  /** Where the types of a panel's options and of its fields' custom settings are. */
  private static final Map<String, String> PANELS =
      new TreeMap<>(
          Map.of(
              "stat", "stat/panelcfg/x/StatPanelCfg",
              "state-timeline", "statetimeline/panelcfg/x/StateTimelinePanelCfg",
              "table", "table/panelcfg/x/TablePanelCfg",
              "timeseries", "timeseries/panelcfg/x/TimeSeriesPanelCfg"));

  /** The enumerations of the types are words in JSON. */
  private static final String HEADER =
      """
      import type { Dashboard } from '@grafana/schema';
      type Words<T> = T extends string ? `${T}`
        : T extends number | boolean | null | undefined ? T
        : T extends (infer E)[] ? Words<E>[]
        : T extends object ? { [K in keyof T]: Words<T[K]> }
        : T;
      """;

  /** The first run fetches 26 MB. */
  private static final int PATIENCE_SECONDS = 180;

  private final Path folder =
      Provisioned.checkout().resolve("e2e/target/grafana-schema").toAbsolutePath();

  @Test
  void dashboards_areWhatGrafanasTypesSay() throws Exception {
    assumeTrue(
        Boolean.getBoolean("muster.npm"),
        "Not run: it needs node, npm and its registry; with them say -Dmuster.npm=true");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("package.json"), PACKAGES);
    if (!Files.exists(folder.resolve("node_modules/.bin/tsc"))) {
      run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
    }
    Files.writeString(folder.resolve("dashboards.ts"), program());
    run(
        "node_modules/.bin/tsc",
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "dashboards.ts");
  }

  private static String program() {
    var program = new StringBuilder(HEADER);
    var modules = List.copyOf(PANELS.keySet());
    for (var type : modules) {
      program.append(
          "import type * as %s from '@grafana/schema/dist/esm/raw/composable/%s_types.gen';\n"
              .formatted(module(type), PANELS.get(type)));
    }
    for (var dashboard : Provisioned.ofCheckout().dashboards()) {
      constant(program, "Words<Dashboard>", dashboard.uid(), withoutExtras(dashboard.tree()));
      for (var panel : dashboard.panels()) {
        var type = panel.path("type").asText();
        if (PANELS.containsKey(type)) {
          var place = dashboard.uid() + ", " + panel.path("title").asText();
          constant(program, options(type), place, panel.path("options"));
          if (!type.equals("stat")) { // has none
            constant(program, custom(type), place, customOf(panel));
          }
        }
      }
    }
    return program.toString();
  }

  private static void constant(StringBuilder program, String type, String place, JsonNode value) {
    program.append(
        "/* %s */ ((_: %s) => {})(%s);\n".formatted(place, type, value.toPrettyString()));
  }

  private static String module(String panel) {
    return panel.replace("-", "");
  }

  private static String options(String panel) {
    return "Partial<Words<%s.Options>>".formatted(module(panel));
  }

  /** The timeline's editor sets insertNulls and spanNulls, its types don't have them. */
  private static String custom(String panel) {
    return "Partial<Words<%s.FieldConfig>>%s"
        .formatted(
            module(panel),
            panel.equals("state-timeline")
                ? " & { insertNulls?: boolean | number; spanNulls?: boolean | number }"
                : "");
  }

  private static JsonNode customOf(JsonNode panel) {
    var custom = panel.path("fieldConfig").path("defaults").path("custom");
    return custom.isObject() ? custom : JsonNodeFactory.instance.objectNode();
  }

  /** Without the keys that belong to the SQL data source, and one that Grafana writes itself. */
  private static JsonNode withoutExtras(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    for (var variable : copy.path("templating").path("list")) {
      ((ObjectNode) variable).remove("definition");
    }
    for (var annotation : copy.path("annotations").path("list")) {
      if (annotation.path("target") instanceof ObjectNode target) {
        target.remove(List.of("editorMode", "format", "rawSql", "rawQuery"));
      }
    }
    return copy;
  }

  private void run(String... command) throws IOException, InterruptedException {
    var output = folder.resolve("output.txt").toFile();
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    var ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    var said = Provisioned.text(output.toPath());
    assertThat(ended).as("%s has ended; it says:\n%s", List.of(command), said).isTrue();
    assertThat(process.exitValue()).as("%s says:\n%s", List.of(command), said).isZero();
  }
}
