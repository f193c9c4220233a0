package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class VerbsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static @Nullable SimulatedProxmox simulator;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @TempDir Path folder = Path.of("");

  @BeforeAll
  static void startSimulator() throws IOException {
    simulator = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 2).guests(4).build());
  }

  @AfterAll
  static void stopSimulator() {
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void check_printsATableAndEndsWith0WhenAllIsWell() throws IOException {
    assertThat(run("check", "--config", inventory(true).toString())).as(err.toString()).isZero();

    assertThat(out.toString()).contains("SERVER", "lab", "proxmox", "ok", "1 server, 0 failed");
  }

  @Test
  void configBeforeTheVerb_meansTheSame() throws IOException {
    assertThat(run("--config", inventory(true).toString(), "check")).as(err.toString()).isZero();

    assertThat(out.toString()).contains("lab");
  }

  @Test
  void check_saysOfEntriesThatAreNotPolledWhyAndDoesNotFail() throws IOException {
    Path file = inventory(true);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    ArrayNode servers = root.withArrayProperty("servers");
    ObjectNode off = servers.get(0).deepCopy();
    servers.add(off.put("name", "off").put("enabled", false));
    Files.writeString(file, JSON.writeValueAsString(root));

    assertThat(run("check", "--json", "--config", file.toString())).as(err.toString()).isZero();

    JsonNode results = JSON.readTree(out.toString()).path("servers");
    assertThat(results.findValuesAsText("name")).containsExactly("lab", "off");
    assertThat(results.findValuesAsText("result")).containsExactly("ok", "disabled");
    assertThat(results.path(1).path("notes").path(0).asText()).contains("disabled");
  }

  @Test
  void check_endsWith1AndSaysWhyWhenAServerFails() throws IOException {
    assertThat(run("check", "--json", "--config", inventory(false).toString())).isEqualTo(1);

    JsonNode server = JSON.readTree(out.toString()).path("servers").path(0);
    assertThat(server.path("result").asText()).isEqualTo("failed");
    assertThat(server.path("failure").asText()).isEqualTo("UNAUTHORIZED");
    assertThat(server.path("problems").path(0).asText()).contains("lab");
  }

  @Test
  void check_namesTheEntryThatIsTheSameCluster() throws IOException {
    Path file = inventory(true);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    ArrayNode servers = root.withArrayProperty("servers");
    ObjectNode again = servers.get(0).deepCopy();
    servers.add(again.put("name", "again"));
    Files.writeString(file, JSON.writeValueAsString(root));

    assertThat(run("check", "--json", "--config", file.toString())).as(err.toString()).isZero();

    JsonNode results = JSON.readTree(out.toString()).path("servers");
    assertThat(results.path(0).path("duplicateOf").isNull()).isTrue();
    assertThat(results.path(1).path("duplicateOf").asText()).isEqualTo("lab");
    assertThat(results.path(1).path("notes").toString()).contains("only lab is polled");
  }

  @Test
  void poll_printsWhatItSaw() throws IOException {
    assertThat(run("poll", "--once", "--json", "--config", inventory(true).toString()))
        .as(err.toString())
        .isZero();

    JsonNode snapshot = JSON.readTree(out.toString()).path("servers").path(0).path("snapshot");
    assertThat(snapshot.path("nodes")).hasSize(2);
    assertThat(snapshot.path("nodes").path(0).path("status").asText()).isEqualTo("online");
    assertThat(snapshot.path("vms")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void poll_printsTablesForPeople() throws IOException {
    assertThat(run("poll", "--once", "--config", inventory(true).toString())).isZero();

    assertThat(out.toString()).contains("NODE", "pve1", "STORAGE", "online");
  }

  @Test
  void brokenConfiguration_isToldWithoutAStackTraceAndEndsWith2() throws IOException {
    Path file = folder.resolve("infrastructure_config.json");
    Files.writeString(file, "{\"servers\": [{\"name\": \"lab\"}, {\"name\": \"?\"}]}");

    for (String verb : new String[] {"run", "check"}) {
      assertThat(run(verb, "--config", file.toString())).isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("servers[0]", "servers[1]", "expected")
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownServer_isWrongUsageAndNamesThoseThatExist() throws IOException {
    assertThat(run("check", "--server", "nobody", "--config", inventory(true).toString()))
        .isEqualTo(2);

    assertThat(err.toString()).contains("no server is named 'nobody'", "lab");
  }

  @Test
  void usage_isWrongWithoutOnceAndHelpIsThere() {
    assertThat(run("poll")).isEqualTo(2);
    assertThat(run("--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("run", "check", "poll", "muster-agent");
  }

  @Test
  void record_writesAPrivateFileAndSaysWhatIsInIt() throws IOException {
    Path file = folder.resolve("recording.json");
    String[] arguments = {
      "record",
      "--server",
      "lab",
      "--out",
      file.toString(),
      "--cycles",
      "2",
      "--config",
      inventory(true).toString()
    };

    assertThat(run(arguments)).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains(
            "GET /cluster/resources", "of 2 polls and a check", "2 × node", "before you send");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    JsonNode recording = JSON.readTree(Files.readString(file));
    assertThat(recording.path("format").asText()).isEqualTo("muster-recording-1");
    assertThat(recording.path("calls").path(0).path("request").path("path").asText())
        .isEqualTo("/api2/json/cluster/resources");
    assertThat(recording.path("calls").path(0).path("body").path("data")).isNotEmpty();

    assertThat(run(arguments)).as("an existing file is left alone").isEqualTo(2);
    assertThat(err.toString()).contains("exists; name a new file");
  }

  @Test
  void record_ofAServerThatRefuses_writesTheRefusalsAndEndsWith1() throws IOException {
    Path file = folder.resolve("recording.json");

    assertThat(
            run(
                "record",
                "--server",
                "lab",
                "--out",
                file.toString(),
                "--cycles",
                "1",
                "--config",
                inventory(false).toString()))
        .isEqualTo(1);

    JsonNode call = JSON.readTree(Files.readString(file)).path("calls").path(0);
    assertThat(call.path("status").asInt()).isEqualTo(401);
    assertThat(call.path("reason").asText()).isEqualTo("Authentication failed!");
    assertThat(call.path("failure").asText()).isEqualTo("UNAUTHORIZED");
  }

  @Test
  void call_printsTheStatusLineAndTheAnswer() throws IOException {
    String config = inventory(true).toString();

    assertThat(run("call", "lab", "/version", "--config", config)).as(err.toString()).isZero();

    assertThat(out.toString())
        .startsWith("200 OK")
        .contains("\"version\" : \"9.2")
        .doesNotContain(Objects.requireNonNull(simulator).readerToken().secret());
  }

  @Test
  void call_printsARefusalTooAndEndsWith1() throws IOException {
    assertThat(run("call", "lab", "/nodes/nope/status", "--config", inventory(true).toString()))
        .isEqualTo(1);

    assertThat(out.toString()).startsWith("500 hostname lookup 'nope' failed");
  }

  @Test
  void call_asksTheMemberThatIsNamedIfItIsConfigured() throws IOException {
    String config = inventory(true).toString();
    String second = Objects.requireNonNull(simulator).urls().getLast().toString();

    assertThat(run("call", "lab", "/cluster/status", "--member", second, "--config", config))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("from " + second);

    assertThat(
            run(
                "call",
                "lab",
                "/version",
                "--member",
                "https://127.0.0.9:8006",
                "--config",
                config))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no configured address of lab", second);
  }

  @Test
  void call_refusesWhatIsNoReadingCall() throws IOException {
    String config = inventory(true).toString();

    assertThat(run("call", "lab", "POST", "/nodes/pve1/qemu/100/status/start", "--config", config))
        .isEqualTo(2);
    assertThat(err.toString()).contains("only reading calls");
    for (String path : new String[] {"version", "https://127.0.0.1/version", "/../x", "/a b"}) {
      assertThat(run("call", "lab", path, "--config", config)).as(path).isEqualTo(2);
    }
    assertThat(err.toString()).contains("no path of the Proxmox API");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void help_listsTheVerbs() {
    assertThat(run("help")).isZero();

    assertThat(out.toString()).contains("run", "check", "poll", "record", "call");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  private Path inventory(boolean rightSecret) throws IOException {
    SimulatedProxmox cluster = Objects.requireNonNull(simulator);
    ObjectNode root = JSON.createObjectNode();
    ObjectNode server = root.putArray("servers").addObject();
    server.put("name", "lab").put("provider", "proxmox").put("intervalSeconds", 1);
    ArrayNode urls = server.putArray("urls");
    cluster.urls().forEach(url -> urls.add(url.toString()));
    server.put("tokenId", cluster.readerToken().id());
    server.put(
        "tokenSecret",
        rightSecret ? cluster.readerToken().secret() : "00000000-0000-0000-0000-000000000000");
    server.put("caCert", cluster.authorityPem());
    Path file = folder.resolve("infrastructure_config.json");
    Files.writeString(file, JSON.writeValueAsString(root));
    return file;
  }
}
