package io.muster.simulator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.simulator.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that we did not write: kubectl, such as Debian's kubernetes-client, unmodified. */
@Tag("kubectl")
class KubectlTest {
  /** A loaded machine gets its time. */
  private static final int PATIENCE_SECONDS = 120;

  private @TempDir Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private SimulatedKubernetes cluster;

  @BeforeEach
  void start() throws IOException {
    boolean there =
        Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
            .anyMatch(part -> Files.isExecutable(Path.of(part, "kubectl")));
    assumeTrue(there, "needs kubectl (Debian: apt-get install kubernetes-client)");
    cluster =
        SimulatedKubernetes.start(
            KubernetesSettings.forTests(3, 40).deployments(8).namespaces(2).build());
    Files.writeString(folder.resolve("config"), cluster.kubeConfig(cluster.operatorToken()));
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private record Outcome(int code, String text) {}

  private Outcome kubectl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("KUBECONFIG", folder.resolve("config").toString());
      builder.environment().put("HOME", folder.toString());
      Process process = builder.start();
      try {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .as("%s ends; so far: %s", command, Files.readString(output))
            .isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new AssertionError(command.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command.toString(), e);
    }
  }

  private String said(String... arguments) {
    Outcome outcome = kubectl(arguments);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return outcome.text();
  }

  private List<String> pods(String app) {
    return said("get", "pods", "-n", "shop", "-l", "app=" + app, "-o", "name").lines().toList();
  }

  @Test
  void kubectl_readsActsAndOpensAShell() {
    assertThat(said("get", "nodes"))
        .containsPattern("NAME +STATUS +ROLES +AGE +VERSION")
        .containsPattern("node-2 +Ready +worker +\\S+ +v1.36.2");
    assertThat(said("get", "pods", "-A", "-o", "wide"))
        .containsPattern("NAMESPACE +NAME +READY +STATUS +RESTARTS")
        .contains("node-3");
    assertThat(said("get", "deploy,rs", "-n", "shop"))
        .containsPattern("deployment.apps/web +\\d/\\d");
    assertThat(said("top", "nodes")).containsPattern("node-1 +\\d+m +\\d+% +\\d+Mi +\\d+%");
    assertThat(said("top", "pods", "-n", "shop")).containsPattern("web-\\S+ +\\d+m +\\d+Mi");

    List<String> before = pods("web");
    assertThat(said("delete", "-n", "shop", before.getFirst())).contains("deleted");
    Eventually.holds(
        () -> assertThat(pods("web")).hasSameSizeAs(before).doesNotContain(before.getFirst()));

    assertThat(said("rollout", "restart", "-n", "shop", "deployment/web")).contains("restarted");
    assertThat(said("rollout", "status", "-n", "shop", "deployment/web"))
        .contains("Waiting for deployment \"web\" rollout to finish")
        .contains("successfully rolled out");
    // Rolled out is what has no old pod that is not on its way out.
    Eventually.holds(() -> assertThat(pods("web")).doesNotContainAnyElementsOf(before));

    assertThat(said("scale", "-n", "shop", "deployment/web", "--replicas=2")).contains("scaled");
    Eventually.holds(() -> assertThat(pods("web")).hasSize(2));
    assertThat(said("get", "events", "-n", "shop")).contains("ScalingReplicaSet");

    Outcome shell =
        kubectl("exec", "-n", "shop", pods("web").getFirst(), "--", "sh", "-c", "echo in; exit 3");
    assertThat(shell.text()).contains("in\n", "command terminated with exit code 3");
    assertThat(shell.code()).isNotZero();
  }

  @Test
  void kubectl_isToldWhatItMayNot() {
    Outcome refused = kubectl("get", "secrets", "-A");
    assertThat(refused.code()).isNotZero();
    assertThat(kubectl("get", "configmaps").text())
        .contains("the server doesn't have a resource type");
    assertThat(kubectl("get", "pod", "none", "-n", "shop").text())
        .contains("Error from server (NotFound): pods \"none\" not found");
    assertThat(kubectl("cordon", "node-2").text())
        .contains("cannot patch resource \"nodes\" in API group \"\" at the cluster scope");
  }
}
