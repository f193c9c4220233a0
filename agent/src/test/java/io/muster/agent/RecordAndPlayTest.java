package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.agent.inspect.Pseudonyms;
import io.muster.agent.inspect.Recording;
import io.muster.agent.inspect.RecordingFile;
import io.muster.agent.inspect.Tape;
import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.provider.Inspectable;
import io.muster.agent.provider.Names.Kind;
import io.muster.agent.provider.Provider;
import io.muster.agent.settings.Proxies;
import io.muster.protocol.Server;
import io.muster.settings.Variables;
import io.muster.simulator.playback.PlaybackServer;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the agent read of a cluster it reads of its recording too. */
final class RecordAndPlayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of names in the rows, by field. */
  private static final Map<String, Kind> NAMES =
      Map.of(
          "node", Kind.NODE,
          "cluster", Kind.CLUSTER,
          "name", Kind.VM,
          "group", Kind.GROUP,
          "storage", Kind.STORAGE,
          "tags", Kind.TAG,
          "addresses", Kind.ADDRESS);

  private @TempDir Path folder = Path.of("");

  @Test
  void playedRecording_givesTheSameRows() throws Exception {
    // Time stands still, so that two polls see the same.
    Instant moment = Instant.now();
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(
            ProxmoxSettings.forTests("9.2", 3)
                .guests(12)
                .clock(() -> moment)
                .tune(world -> world.samplePeriod(Duration.ofSeconds(1)))
                .build())) {
      Path inventory =
          inventory(
              List.of(cluster.url("pve1")),
              cluster.readerToken().id(),
              cluster.readerToken().secret(),
              cluster.authorityPem());
      JsonNode original = poll(inventory);
      Pseudonyms names = new Pseudonyms();
      Path recording = record(inventory, names, 1);
      try (PlaybackServer playback =
          PlaybackServer.start(
              io.muster.simulator.playback.Recording.read(recording),
              0,
              folder.resolve("playback"))) {
        Path other = inventory(playback.urls(), playback.tokenId(), "any", playback.authorityPem());

        JsonNode played = poll(other);

        assertThat(rows(played, "nodes", null)).isEqualTo(rows(original, "nodes", names));
        assertThat(rows(played, "vms", null)).hasSize(12).isEqualTo(rows(original, "vms", names));
        Map<String, JsonNode> samples = newest(played, null);
        assertThat(samples).hasSizeGreaterThan(12);
        assertThat(withoutTime(samples)).isEqualTo(withoutTime(newest(original, names)));
        assertThat(shifts(newest(original, names), samples))
            .as("all times moved alike, within the seconds that the test took")
            .hasSize(1)
            .allSatisfy(shift -> assertThat(shift).isBetween(0L, 60L));
        for (String field : List.of("gaps", "events", "apiCalls", "nodesOnline", "vmsComplete")) {
          assertThat(played.path(field)).as(field).isEqualTo(original.path(field));
        }
        assertThat(played.path("facts").path("missingPrivileges"))
            .isEqualTo(original.path("facts").path("missingPrivileges"));
      }
    }
  }

  @Test
  void wholeRecording_holdsEveryCallAndNoNameAndCanBeChecked() throws Exception {
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 3).guests(12).build())) {
      Path inventory =
          inventory(
              List.of(cluster.url("pve1")),
              cluster.readerToken().id(),
              cluster.readerToken().secret(),
              cluster.authorityPem());
      Path recording = record(inventory, new Pseudonyms(), null);

      String text = Files.readString(recording);
      for (String secret : secrets(cluster)) {
        assertThat(text).doesNotContainPattern("(?<![A-Za-z0-9])" + secret + "(?![A-Za-z0-9])");
      }
      assertThat(text)
          .contains("\"node-1\"", "\"vm-1\"", "\"storage-1\"", "\"group-1\"")
          .contains("/access/users/user-1%40pve", "/access/permissions", "/version")
          .contains("/rrddata?", "/qemu?full=1", "/storage/storage-", "/cluster/ceph/status");
      try (PlaybackServer playback =
          PlaybackServer.start(
              io.muster.simulator.playback.Recording.read(recording),
              0,
              folder.resolve("playback"))) {
        Path other = inventory(playback.urls(), playback.tokenId(), "any", playback.authorityPem());
        JsonNode checked = run("check", "--json", "--config", other.toString());

        JsonNode server = checked.path("servers").path(0);
        assertThat(server.path("result").asText()).as(server.toString()).isEqualTo("ok");
        assertThat(server.path("version").asText()).startsWith("9.2");
        assertThat(server.path("nodes"))
            .extracting(JsonNode::asText)
            .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(server.path("notes").toString())
            .contains("node-1 is reached directly", "node-3 is reached directly");
      }
    }
  }

  private static List<String> secrets(SimulatedProxmox cluster) {
    List<String> secrets = new ArrayList<>();
    cluster
        .world()
        .state()
        .nodes()
        .forEach(node -> {
          secrets.add(node.name());
          secrets.add(node.address());
        });
    cluster.world().state().guests().stream()
        .flatMap(guest -> Stream.ofNullable(guest.name()))
        .forEach(secrets::add);
    secrets.add(String.valueOf(cluster.world().state().clusterName()));
    secrets.add(cluster.readerToken().secret());
    secrets.addAll(
        List.of(
            "muster@pve",
            "!agent",
            "%21agent",
            "production",
            "staging",
            "nas",
            "local-lvm",
            "vmbr0"));
    return secrets;
  }

  private Path record(Path inventory, Pseudonyms names, @Nullable Integer cycles)
      throws IOException, InterruptedException {
    Server server;
    try (FileInventorySource source =
        FileInventorySource.open("default", inventory, folder, Variables.of(Map.of()))) {
      server = source.current().servers().getFirst();
    }
    Tape tape = new Tape();
    Proxies none = new Proxies(null, List.of());
    try (Provider provider = new Drivers(none, any -> tape).create(server).orElseThrow()) {
      ServerRecorder recorder = new ServerRecorder(server, provider, tape, line -> {});
      recorder.run(cycles);
      assertThat(recorder.failures()).isZero();
      assertThat(tape.exchanges())
          .allSatisfy(exchange ->
              assertThat(((Inspectable) provider).reference().of(exchange))
                  .as(exchange.path())
                  .isNotNull());
      Path file = folder.resolve("recording.json");
      RecordingFile.write(
          file, Recording.of("proxmox", "test", (Inspectable) provider, tape.exchanges(), names));
      return file;
    }
  }

  private JsonNode poll(Path inventory) throws IOException {
    return run("poll", "--once", "--json", "--config", inventory.toString())
        .path("servers")
        .path(0)
        .path("snapshot");
  }

  private static JsonNode run(String... arguments) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    assertThat(command.execute(arguments)).as(out.toString() + err).isZero();
    return JSON.readTree(out.toString());
  }

  private Path inventory(List<URI> urls, String tokenId, String secret, String authority)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode server = root.putArray("servers").addObject();
    server.put("name", "lab").put("provider", "proxmox").put("intervalSeconds", 1);
    ArrayNode addresses = server.putArray("urls");
    urls.forEach(url -> addresses.add(url.toString()));
    server.put("tokenId", tokenId).put("tokenSecret", secret).put("caCert", authority);
    Path file = Files.createTempFile(folder, "inventory", ".json");
    Files.writeString(file, JSON.writeValueAsString(root));
    return file;
  }

  /** Rows by their identity, names replaced. */
  private static Map<String, JsonNode> rows(
      JsonNode snapshot, String list, @Nullable Pseudonyms names) {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : snapshot.path(list)) {
      JsonNode renamed = names == null ? row : renamed(row, names);
      rows.put(
          renamed.path("vmId").asText()
              + " "
              + renamed.path("node").asText()
              + " "
              + renamed.path("storage").asText(),
          renamed);
    }
    return rows;
  }

  /** Of each object the newest sample: the one that has something to be compared with in both. */
  private static Map<String, JsonNode> newest(JsonNode snapshot, @Nullable Pseudonyms names) {
    Map<String, JsonNode> newest = new TreeMap<>();
    for (JsonNode sample : snapshot.path("samples")) {
      JsonNode renamed = names == null ? sample : renamed(sample, names);
      String id =
          renamed.path("vmId").asText()
              + " "
              + renamed.path("node").asText()
              + " "
              + renamed.path("storage").asText();
      JsonNode known = newest.get(id);
      if (known == null || known.path("ts").asText().compareTo(renamed.path("ts").asText()) < 0) {
        newest.put(id, renamed);
      }
    }
    return newest;
  }

  private static Map<String, JsonNode> withoutTime(Map<String, JsonNode> samples) {
    Map<String, JsonNode> without = new TreeMap<>();
    samples.forEach(
        (id, sample) -> without.put(id, ((ObjectNode) sample.deepCopy()).without("ts")));
    return without;
  }

  /** By how many seconds the platform's own times differ. */
  private static List<Long> shifts(Map<String, JsonNode> one, Map<String, JsonNode> other) {
    return one.entrySet().stream()
        .filter(sample -> sample.getValue().has("sampleSeconds"))
        .map(sample ->
            Duration.between(ts(sample.getValue()), ts(other.get(sample.getKey()))).toSeconds())
        .distinct()
        .toList();
  }

  private static Instant ts(@Nullable JsonNode sample) {
    return Instant.parse(sample == null ? "" : sample.path("ts").asText());
  }

  private static JsonNode renamed(JsonNode row, Pseudonyms names) {
    ObjectNode renamed = row.deepCopy();
    NAMES.forEach((field, kind) -> {
      JsonNode value = row.path(field);
      if (value.isTextual()) {
        renamed.put(field, names.of(kind, value.textValue()));
      } else if (value.isArray()) {
        ArrayNode list = renamed.putArray(field);
        value.forEach(element -> list.add(names.of(kind, element.asText())));
      }
    });
    return renamed;
  }
}
