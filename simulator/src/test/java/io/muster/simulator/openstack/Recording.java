package io.muster.simulator.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One call of a real cloud and what it answered.
 *
 * @param path below the simulator's paths, such as {@code /compute/v2.1/servers}
 * @param headers of the request; those that say who asks are not recorded
 * @param body of the request, or a missing node
 */
record Recording(
    String name,
    String method,
    String path,
    Map<String, String> headers,
    JsonNode body,
    JsonNode response) {
  private static final Map<String, String> SERVICES =
      Map.of(
          "http://127.0.0.1:5000", "/identity",
          "http://127.0.0.1:8774", "/compute",
          "http://127.0.0.1:8778", "/placement",
          "http://127.0.0.1:9292", "/image",
          "http://127.0.0.1:8776", "/volume",
          "http://127.0.0.1:9696", "/networking");

  static List<Recording> all(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    Recording[] recordings = new Recording[files.size()];
    for (int i = 0; i < recordings.length; i++) {
      recordings[i] = read(files.get(i));
    }
    return List.of(recordings);
  }

  private static Recording read(Path file) throws IOException {
    JsonNode recorded = CloudClient.JSON.readTree(Files.readString(file));
    JsonNode request = recorded.path("request");
    Map<String, String> headers = new HashMap<>();
    for (String name :
        List.of("OpenStack-API-Version", "X-OpenStack-Nova-API-Version", "Content-Type")) {
      if (request.path("headers").has(name)) {
        headers.put(name, request.path("headers").path(name).asText());
      }
    }
    String path = request.path("url").asText();
    for (Map.Entry<String, String> service : SERVICES.entrySet()) {
      path = path.replace(service.getKey(), service.getValue());
    }
    return new Recording(
        file.getFileName().toString().replace(".json", ""),
        request.path("method").asText(),
        path,
        headers,
        request.path("body"),
        recorded.path("response"));
  }

  /** The body as text; of one that was no JSON only its length is recorded. */
  String bodyText() {
    if (body.isNull() || body.isMissingNode()) {
      return "";
    }
    if (body.isTextual()) {
      String bytes = body.asText().replaceAll("\\D", "");
      return "x".repeat(Integer.parseInt(bytes));
    }
    return body.toString();
  }
}
