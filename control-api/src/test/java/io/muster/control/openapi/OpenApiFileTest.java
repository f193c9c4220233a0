package io.muster.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiFileTest {
  private static final Path COMMITTED = Path.of("..", "docs", "openapi.yml");
  private static final Set<String> WITHOUT_TOKEN = Set.of("/api/v1/login", "/api/v1/login/refresh");

  private static String generated() throws IOException {
    try (InputStream file =
        OpenApiFileTest.class.getResourceAsStream("/META-INF/swagger/muster-control-api.yml")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void committedFile_isWhatTheBuildGenerates() throws IOException {
    String golden = System.getProperty("muster.golden");
    if (golden != null && golden.endsWith("openapi.yml")) {
      Files.writeString(Path.of(golden), generated());
    }

    assertThat(Files.readString(COMMITTED)).isEqualTo(generated());
  }

  @Test
  void eachRoute_tellsWhatItIsForItsCodesAndAnExample() throws IOException {
    List<String> missing = new ArrayList<>();
    Map<String, Object> file = new Yaml().load(generated());
    map(file, "paths")
        .forEach((path, operations) ->
            map(operations)
                .forEach(
                    (method, operation) -> missing.addAll(missing(path, method, map(operation)))));

    assertThat(missing).isEmpty();
  }

  private static List<String> missing(String path, String method, Map<String, Object> operation) {
    List<String> missing = new ArrayList<>();
    String route = method + " " + path;
    if (!operation.containsKey("summary")) {
      missing.add(route + ": a summary");
    }
    Map<String, Object> responses = map(operation, "responses");
    for (String code : WITHOUT_TOKEN.contains(path) ? List.of("401") : List.of("401", "403")) {
      if (!responses.containsKey(code)) {
        missing.add(route + ": " + code);
      }
    }
    if (responses.keySet().stream().noneMatch(code -> code.startsWith("2"))) {
      missing.add(route + ": what it answers when it works");
    }
    // Other answers' examples are those of the fields.
    if (responses.values().stream().noneMatch(answer -> answer.toString().contains("examples="))) {
      missing.add(route + ": an example");
    }
    return missing;
  }

  @Test
  void swaggerUi_isServedFromHere() {
    Client nobody = ControlRig.on(Database.H2).with(null);

    for (String path :
        List.of(
            "/swagger-ui/index.html",
            "/swagger-ui/res/swagger-ui-bundle.js",
            "/swagger-ui/res/swagger-ui.css",
            "/swagger/muster-control-api.yml")) {
      assertThat(nobody.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(nobody.get("/swagger-ui").status()).isIn(200, 301, 303, 307);
    var page = nobody.get("/swagger-ui/index.html");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(page.body()).doesNotContain("https://").contains("validatorUrl: null");
  }

  @SuppressWarnings("unchecked") // YAML objects have names as keys
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> map(Map<String, Object> object, String key) {
    return map(object.getOrDefault(key, Map.of()));
  }
}
