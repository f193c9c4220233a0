package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.proxmox.faults.FaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line refuses, and how. */
class ProxmoxCommandTest {
  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine command = new CommandLine(new ProxmoxCommand());
    command.setErr(new PrintWriter(errors));
    assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    return errors.toString();
  }

  @Test
  void sampleSeconds_outOfRange_namesTheRange() {
    assertThat(refusal("--sample-seconds=0"))
        .contains("--sample-seconds is a whole number from 1 to 300, not 0");
  }

  @Test
  void fault_thatIsWrong_isRefusedBeforeAnythingStarts() {
    assertThat(refusal("--fault=hung,node=pve7"))
        .contains("--fault=hung,node=pve7: No node 'pve7': there are pve1, pve2, pve3");
    assertThat(refusal("--fault=hung,cluster=2"))
        .contains("'cluster' is a whole number from 1 to 1, not '2'");
    assertThat(refusal("--clusters=4")).contains("--clusters is a whole number from 1 to 3, not 4");
    assertThat(refusal("--fault=slow,ms=soon")).contains("'ms' is a whole number from 1 to 600000");
  }

  @Test
  void help_namesEveryFaultAndItsKeys() {
    String help = new CommandLine(new ProxmoxCommand()).getUsageMessage();
    for (FaultKind kind : FaultKind.values()) {
      assertThat(help).contains("  " + kind.word() + ": ");
      kind.keys().forEach(key -> assertThat(help).contains(key));
    }
  }

  @Test
  void guide_namesEveryFault() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "simulator.md"));
    for (FaultKind kind : FaultKind.values()) {
      assertThat(guide).contains("| `" + kind.word() + "` |");
    }
  }

  @Test
  void guide_namesEveryOption() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "simulator.md"));
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new ProxmoxCommand()).options()) {
      if (!option.usageHelp()) {
        assertThat(guide)
            .contains(option.negatable() ? "`--[no-]" + name(option) : "`--" + name(option));
      }
    }
  }

  private static String name(OptionSpec option) {
    return option.names()[0].substring(2);
  }
}
