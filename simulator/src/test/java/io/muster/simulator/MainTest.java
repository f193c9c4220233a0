package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.simulator.Main",
                "proxmox",
                "--version=8.4",
                "--nodes=2",
                "--guests=3",
                "--port=0",
                "--data=" + folder,
                "--endpoints-file=" + endpoints)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + endpoints);
      JsonNode written = new ObjectMapper().readTree(Files.readString(endpoints));
      assertThat(written.path("release").asText()).isEqualTo("8.4");
      assertThat(written.path("urls").path(0).asText()).startsWith("https://127.0.");
      assertThat(written.path("readerToken").path("id").asText()).isEqualTo("muster@pve!agent");
      assertThat(written.path("control").asText()).startsWith("http://127.0.0.1:");
      assertThat(Path.of(written.path("caFile").asText())).isRegularFile();
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
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.simulator.Main",
                "playback",
                file.toString(),
                "--port=0",
                "--data=" + folder,
                "--endpoints-file=" + endpoints)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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
}
