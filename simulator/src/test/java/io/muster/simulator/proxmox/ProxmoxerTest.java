package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.simulator.proxmox.access.ApiToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that we did not write: Debian's python3-proxmoxer, unmodified. */
@Tag("proxmoxer")
final class ProxmoxerTest {
  /** Debian's own, which has Debian's packages; the {@code python3} of the path may be another. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** The script waits for ten tasks; a loaded machine gets its time. */
  private static final int PATIENCE_SECONDS = 300;

  private @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"8.4", "9.2"})
  void proxmoxer_listsPowersAndTakesSnapshots(String release)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(PYTHON) && run(List.of(PYTHON.toString(), "-c", "import proxmoxer")).ok,
        "needs Debian's python3-proxmoxer and python3-requests (apt-get install)");
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(ProxmoxSettings.forTests(release, 2).guests(8).build())) {
      Outcome outcome = run(command(cluster));

      assertThat(outcome.ok).as(outcome.text).isTrue();
      for (String login : List.of("token", "password")) {
        assertThat(outcome.text)
            .contains(login + " nodes pve1 pve2", login + " guests 8")
            .containsPattern(login + " stop \\d+")
            .containsPattern(login + " start \\d+")
            .containsPattern(login + " snapshot \\d+")
            .containsPattern(login + " delsnapshot \\d+")
            .contains(login + " missing");
      }
    }
  }

  private List<String> command(SimulatedProxmox cluster) throws IOException {
    Path script = folder.resolve("client.py");
    try (var source =
        Objects.requireNonNull(getClass().getResourceAsStream("proxmoxer-client.py"))) {
      Files.write(script, source.readAllBytes());
    }
    Path authority = folder.resolve("pve-root-ca.pem");
    Files.writeString(authority, cluster.authorityPem());
    URI url = cluster.urls().getFirst();
    ApiToken token = cluster.actorToken();
    int bang = token.id().indexOf('!');
    return List.of(
        PYTHON.toString(),
        script.toString(),
        url.getHost(),
        String.valueOf(url.getPort()),
        authority.toString(),
        token.id().substring(0, bang),
        token.id().substring(bang + 1),
        token.secret(),
        cluster.rootPassword());
  }

  private record Outcome(boolean ok, String text) {}

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Outcome(ended && process.exitValue() == 0, Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
