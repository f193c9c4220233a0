package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.kubernetes.faults.KubernetesFaultKind;
import io.muster.simulator.kubernetes.world.KubernetesWorld.PodDeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line refuses, and how; and that the guide knows what there is. */
class KubernetesCommandTest {
  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine command = new CommandLine(new KubernetesCommand());
    command.setErr(new PrintWriter(errors));
    assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    return errors.toString();
  }

  private static String guide() throws IOException {
    return Files.readString(Path.of("..", "docs", "simulator.md"));
  }

  @Test
  void wrongSizes_nameTheRange() {
    assertThat(refusal("--nodes=0")).contains("'nodes' is a whole number from 1 to 1000, not 0");
    assertThat(refusal("--version=new")).contains("'version' is such as 1.36.2, not 'new'");
  }

  @Test
  void fault_thatIsWrong_isRefusedBeforeAnythingStarts() {
    assertThat(refusal("--fault=slow,ms=soon")).contains("'ms' is a whole number from 1 to 600000");
    assertThat(refusal("--fault=metrics-absent,how=badly"))
        .contains("'how' is one of absent, empty, down, not 'badly'");
    assertThat(refusal("--fault=nonsense")).contains("No fault is called 'nonsense'");
  }

  @Test
  void help_namesEveryFaultAndItsKeys() {
    String help = new CommandLine(new KubernetesCommand()).getUsageMessage();
    for (KubernetesFaultKind kind : KubernetesFaultKind.values()) {
      assertThat(help).contains("  " + kind.word() + ": ");
      kind.keys().forEach(key -> assertThat(help).contains(key));
    }
  }

  @Test
  void guide_namesEveryFaultOptionAndVerb() throws IOException {
    String guide = guide();
    for (KubernetesFaultKind kind : KubernetesFaultKind.values()) {
      assertThat(guide).contains("| `" + kind.word() + "` |");
    }
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new KubernetesCommand()).options()) {
      String name = option.names()[0].substring(2);
      if (!option.usageHelp()) {
        assertThat(guide).contains(option.negatable() ? "`--[no-]" + name : "`--" + name);
      }
    }
    for (PodDeed deed : PodDeed.values()) {
      assertThat(guide)
          .contains("`" + deed.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
    }
  }
}
