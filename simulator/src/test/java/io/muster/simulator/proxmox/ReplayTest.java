package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sends every recorded request of a real server to the simulator, in order, and compares status,
 * reason, headers and the shape of the body. What differs and why stands in {@code
 * known-differences.json}, and nowhere else.
 */
@Tag("samples")
class ReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far longer than the slowest task of the lab; a hang then fails. */
  private static final Duration LONGEST_TASK = Duration.ofSeconds(20);

  /** The recorder left these out, as they change with the time of day. */
  private static final Set<String> UNRECORDED = Set.of("Date", "Expires");

  /** The recordings that were made with other credentials than their note tells. */
  private static final Map<String, String> CREDENTIALS =
      Map.ofEntries(
          Map.entry("104", "token-bad-secret"),
          Map.entry("105", "token-unknown"),
          Map.entry("106", "token-garbage"),
          Map.entry("107", "ticket-invalid"),
          Map.entry("108", "csrf-missing"),
          Map.entry("109", "csrf-bad"),
          Map.entry("117", "token-auditor"),
          Map.entry("121", "token-bare"));

  private final Map<String, String> simulatedTasks = new HashMap<>();
  private String ticket = "";
  private String csrfToken = "";

  @Test
  void everyRecordedRequest_isAnsweredAlike() throws IOException {
    String samples = System.getProperty("muster.samples", "");
    assumeTrue(
        !samples.isBlank(),
        "Not run: give the folder of recordings with -Dmuster.samples=FOLDER (docs/testing.md)");
    Path folder = Path.of(samples, "proxmox", "real-server-8.4.21");
    System.out.println("Replaying the recordings of " + folder);
    Map<String, Set<String>> found = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).as("recordings in " + folder).isNotEmpty();
    try (SimulatedProxmox lab = Lab.start(tenMinutesPast())) {
      logIn(lab);
      boolean started = false;
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".json", "");
        if (started && !name.contains("-task-early")) {
          awaitTasks(lab);
          started = false;
        }
        JsonNode recording = JSON.readTree(Files.readString(file));
        Set<String> differences = replay(lab, name, recording);
        started |= !recording.path("request").path("method").asText().equals("GET");
        if (!differences.isEmpty()) {
          found.put(name, differences);
        }
      }
    }
    Map<String, Set<String>> known = knownDifferences();
    assertThat(minus(found, known)).as("differences that are not listed").isEmpty();
    assertThat(minus(known, found)).as("listed differences that are none").isEmpty();
  }

  private static List<String> minus(
      Map<String, Set<String>> some, Map<String, Set<String>> others) {
    List<String> left = new ArrayList<>();
    some.forEach((recording, lines) ->
        lines.stream()
            .filter(line -> !others.getOrDefault(recording, Set.of()).contains(line))
            .forEach(line -> left.add(recording + " " + line)));
    return left;
  }

  /** Recording to differences; the file also gives the reason of each. */
  private static Map<String, Set<String>> knownDifferences() throws IOException {
    Map<String, Set<String>> known = new TreeMap<>();
    try (InputStream in = ReplayTest.class.getResourceAsStream("known-differences.json")) {
      for (JsonNode entry : JSON.readTree(in)) {
        assertThat(entry.path("reason").asText()).as("reason of " + entry).isNotBlank();
        for (JsonNode recording : entry.path("recordings")) {
          for (JsonNode difference : entry.path("differences")) {
            known
                .computeIfAbsent(recording.asText(), name -> new TreeSet<>())
                .add(difference.asText());
          }
        }
      }
    }
    return known;
  }

  private Set<String> replay(SimulatedProxmox lab, String name, JsonNode recording)
      throws IOException {
    JsonNode request = recording.path("request");
    String auth = CREDENTIALS.getOrDefault(name.substring(0, 3), request.path("auth").asText());
    String method = request.path("method").asText();
    List<String> headers = new ArrayList<>(credentials(auth, method));
    if (request.path("content_type").isTextual()) {
      headers.add("Content-Type: " + request.path("content_type").asText());
    }
    WireAnswer answer;
    try (WireClient client = WireClient.connect(lab, "pve1")) {
      answer =
          client.request(
              method,
              translated(request.path("path").asText()),
              headers,
              request.path("body").isTextual() ? request.path("body").asText() : "");
    }
    return compare(name, recording, answer);
  }

  private Set<String> compare(String name, JsonNode recording, WireAnswer answer)
      throws IOException {
    Set<String> differences = new TreeSet<>();
    String status = recording.path("status").asInt() + " " + recording.path("reason").asText();
    if (!translated(status).equals(answer.status() + " " + answer.reason())) {
      differences.add(
          "status: '" + status + "' recorded, '" + answer.status() + " " + answer.reason() + "'");
      return differences;
    }
    List<String> headers = recordedHeaders(recording);
    List<String> simulated =
        answer.headers().stream()
            .filter(header -> !UNRECORDED.contains(header.getKey()))
            .map(header -> headerLine(header.getKey(), header.getValue()))
            .toList();
    if (!headers.equals(simulated)) {
      differences.add("headers: " + headers + " recorded, " + simulated);
    }
    JsonNode body = recording.path("body");
    if (body.has("__raw__")) {
      if (!body.path("__raw__").asText().equals(answer.body())) {
        differences.add("body: " + body.path("__raw__") + " recorded, '" + answer.body() + "'");
      }
    } else if (body.isNull()) {
      if (!answer.body().isEmpty()) {
        differences.add("body: none recorded, '" + answer.body() + "'");
      }
    } else {
      JsonNode ours = JSON.readTree(answer.body());
      rememberTask(body, ours);
      Set<String> shape = Shape.differences(body, ours);
      if (name.contains("-task-early")) {
        // A race in the real server too: whether the task was over at the first look.
        shape.removeIf(line -> line.startsWith("$.data.exitstatus: only"));
      }
      differences.addAll(shape);
      if (body.path("message").isTextual()
          && !body.path("message").asText().equals(ours.path("message").asText())) {
        differences.add("message: " + body.path("message") + " recorded, " + ours.path("message"));
      }
      if (body.has("errors") && !body.path("errors").equals(ours.path("errors"))) {
        differences.add("errors: " + body.path("errors") + " recorded, " + ours.path("errors"));
      }
      JsonNode exit = body.path("data").path("exitstatus");
      JsonNode oursExit = ours.path("data").path("exitstatus");
      if (exit.isTextual() && oursExit.isTextual() && !exit.equals(oursExit)) {
        differences.add("exitstatus: " + exit + " recorded, " + oursExit);
      }
    }
    return differences;
  }

  private static List<String> recordedHeaders(JsonNode recording) {
    List<String> lines = new ArrayList<>();
    recording
        .path("headers")
        .forEach(pair -> lines.add(headerLine(pair.path(0).asText(), pair.path(1).asText())));
    return lines;
  }

  private static String headerLine(String name, String value) {
    return name.equals("Content-Length") ? name : name + ": " + value;
  }

  private void rememberTask(JsonNode recorded, JsonNode simulated) {
    String theirs = upid(recorded.path("data"));
    String ours = upid(simulated.path("data"));
    if (theirs.startsWith("UPID:") && ours.startsWith("UPID:")) {
      simulatedTasks.put(theirs, ours);
    }
  }

  private static String upid(JsonNode data) {
    return data.isTextual() ? data.asText() : data.path("upid").asText();
  }

  /** A recorded path with the simulator's own task ids. */
  private String translated(String path) {
    String translated = path;
    for (Map.Entry<String, String> task : simulatedTasks.entrySet()) {
      translated = translated.replace(encode(task.getKey()), encode(task.getValue()));
    }
    return translated;
  }

  private static String encode(String upid) {
    return URLEncoder.encode(upid, StandardCharsets.UTF_8);
  }

  private List<String> credentials(String auth, String method) {
    return switch (auth) {
      case "none" -> List.of();
      case "token" -> List.of("Authorization: " + Lab.OPERATOR_TOKEN.authorization());
      case "token-auditor" -> List.of("Authorization: " + Lab.AUDITOR_TOKEN.authorization());
      case "token-bare" -> List.of("Authorization: " + Lab.BARE_TOKEN.authorization());
      case "root-token" -> List.of("Authorization: " + Lab.ROOT_TOKEN.authorization());
      case "token-bad-secret" -> List.of("Authorization: PVEAPIToken=ops@pve!nosep=wrong");
      case "token-unknown" -> List.of("Authorization: PVEAPIToken=ops@pve!nobody=wrong");
      case "token-garbage" -> List.of("Authorization: PVEAPIToken=garbage");
      case "ticket-invalid" -> List.of("Cookie: PVEAuthCookie=PVE:ops@pve:6B000000::AAAA");
      case "csrf-missing" -> List.of("Cookie: PVEAuthCookie=" + ticket);
      case "csrf-bad" ->
          List.of("Cookie: PVEAuthCookie=" + ticket, "CSRFPreventionToken: 6B000000:AAAA");
      case "ticket" ->
          method.equals("GET")
              ? List.of("Cookie: PVEAuthCookie=" + ticket)
              : List.of("Cookie: PVEAuthCookie=" + ticket, "CSRFPreventionToken: " + csrfToken);
      default -> throw new AssertionError("Unknown kind of login: " + auth);
    };
  }

  private void logIn(SimulatedProxmox lab) throws IOException {
    try (WireClient client = WireClient.connect(lab, "pve1")) {
      WireAnswer answer =
          client.request(
              "POST",
              "/api2/json/access/ticket",
              List.of(),
              "username=" + Lab.OPERATOR + "&password=" + Lab.OPERATOR_PASSWORD);
      assertThat(answer.status()).isEqualTo(200);
      ticket = encode(answer.data().path("ticket").asText());
      csrfToken = answer.data().path("CSRFPreventionToken").asText();
    }
  }

  private static void awaitTasks(SimulatedProxmox lab) throws IOException {
    Instant end = Instant.now().plus(LONGEST_TASK);
    while (true) {
      WireAnswer active =
          WireClient.once(
              lab,
              "GET",
              "/api2/json/nodes/pve1/tasks?source=active",
              Lab.OPERATOR_TOKEN.authorization());
      if (active.data().isEmpty()) {
        return;
      }
      assertThat(Instant.now()).as("tasks still running: " + active.body()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /**
   * Now, but ten minutes into the half hour: in the minute after a step of the recorded history has
   * ended its row is still empty, here as on the real server, and the recording has no such row.
   */
  private static InstantSource tenMinutesPast() {
    Instant now = Instant.now();
    long step = Duration.ofMinutes(30).toSeconds();
    long ahead = Math.floorMod(600 - now.getEpochSecond(), step);
    return () -> Instant.now().plusSeconds(ahead);
  }
}
