package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
class MainTest {
  /** A start takes a second; a loaded machine gets its time. */
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void proxmox_saysReadyWritesItsEndpointsAndEndsOnSigterm(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path endpoints = folder.resolve("endpoints.json");
    Process process =
        program(
            "proxmox",
            "--version=8.4",
            "--nodes=2",
            "--guests=3",
            "--port=0",
            "--data=" + folder,
            "--fault=status,node=pve2,status=500",
            "--fault=skew,offset=-60,node=pve2",
            "--endpoints-file=" + endpoints);
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + endpoints);
      JsonNode written = new ObjectMapper().readTree(Files.readString(endpoints));
      assertThat(written.path("release").asText()).isEqualTo("8.4");
      assertThat(written.path("urls").path(0).asText()).startsWith("https://127.0.");
      assertThat(written.path("readerToken").path("id").asText()).isEqualTo("muster@pve!agent");
      assertThat(written.path("control").asText()).startsWith("http://127.0.0.1:");
      assertThat(Path.of(written.path("caFile").asText())).isRegularFile();
      assertThat(get(written.path("control").asText() + "/faults").findValuesAsText("kind"))
          .containsExactly("status", "skew");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(endpoints)))
          .isEqualTo("rw-------");

      process.destroy();

      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("as the JVM ends on SIGTERM").isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void playback_saysReadyAndTellsHowToConfigureItsServer(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("recording.json");
    try (InputStream source =
        Objects.requireNonNull(getClass().getResourceAsStream("playback/recording.json"))) {
      Files.write(file, source.readAllBytes());
    }
    Path endpoints = folder.resolve("endpoints.json");
    Process process =
        program(
            "playback",
            file.toString(),
            "--port=0",
            "--data=" + folder,
            "--endpoints-file=" + endpoints);
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + endpoints);
      JsonNode written = new ObjectMapper().readTree(Files.readString(endpoints));
      assertThat(written.path("provider").asText()).isEqualTo("proxmox");
      assertThat(written.path("urls").path(0).asText()).startsWith("https://127.0.20.1:");
      assertThat(written.path("readerToken").path("id").asText()).isEqualTo("user-1@pve!token-1");
      assertThat(Path.of(written.path("caFile").asText())).isRegularFile();

      process.destroy();

      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void severalClusters_areListedEachWithItsOwnControl(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path endpoints = folder.resolve("endpoints.json");
    Process process =
        program(
            "proxmox",
            "--clusters=2",
            "--nodes=3",
            "--guests=5",
            "--port=0",
            "--data=" + folder,
            "--fault=hung,cluster=2");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + endpoints);
      JsonNode clusters = new ObjectMapper().readTree(Files.readString(endpoints)).path("clusters");
      assertThat(clusters.findValuesAsText("name")).contains("muster-demo-1", "muster-demo-2");
      assertThat(clusters.path(0).path("nodes")).hasSize(2);
      assertThat(clusters.path(1).path("nodes")).hasSize(1);
      assertThat(clusters.path(0).path("readerToken"))
          .isNotEqualTo(clusters.path(1).path("readerToken"));
      String first = clusters.path(0).path("control").asText();
      String second = clusters.path(1).path("control").asText();
      assertThat(get(first + "/faults")).isEmpty();
      assertThat(get(second + "/faults").findValuesAsText("kind")).containsExactly("hung");
      assertThat(get(second + "/state").path("clusterName").asText()).isEqualTo("muster-demo-2");
      assertThat(Path.of(clusters.path(1).path("caFile").asText())).isRegularFile();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void relay_saysReadyAndWritesItsEndpoints(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path endpoints = folder.resolve("relay.json");
    Process process =
        program("questdb-relay", "--to=http://127.0.0.1:9", "--endpoints-file=" + endpoints);
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + endpoints);
      JsonNode written = new ObjectMapper().readTree(Files.readString(endpoints));
      assertThat(written.path("url").asText()).matches("http://127.0.0.1:\\d+");
      assertThat(get(written.path("control").asText() + "/mode").path("mode").asText())
          .isEqualTo("pass");

      process.destroy();

      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process program(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.simulator.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static JsonNode get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
