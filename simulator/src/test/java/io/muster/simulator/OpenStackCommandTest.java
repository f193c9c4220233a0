package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.openstack.faults.OpenStackFaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line refuses, and what the guide says of it. */
class OpenStackCommandTest {
  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine command = new CommandLine(new OpenStackCommand());
    command.setErr(new PrintWriter(errors));
    assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    return errors.toString();
  }

  private static String guide() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "simulator.md"));
    return guide.substring(guide.indexOf("## OpenStack"));
  }

  @Test
  void whatIsWrong_isRefusedBeforeAnythingStarts() {
    assertThat(refusal("--hosts=0")).contains("'hosts' is a whole number from 1 to 500, not 0");
    assertThat(refusal("--microversion=200")).contains("2.1 to 2.93");
    assertThat(refusal("--fault=down,service=swift")).contains("choose from identity, compute");
  }

  @Test
  void help_namesEveryFaultAndItsKeys() {
    String help = new CommandLine(new OpenStackCommand()).getUsageMessage();
    for (OpenStackFaultKind kind : OpenStackFaultKind.values()) {
      assertThat(help).contains("  " + kind.word() + ": ");
      kind.keys().forEach(key -> assertThat(help).contains(key));
    }
  }

  @Test
  void guide_namesEveryFault() throws IOException {
    for (OpenStackFaultKind kind : OpenStackFaultKind.values()) {
      assertThat(guide()).contains("| `" + kind.word() + "` |");
    }
  }

  @Test
  void guide_namesEveryOption() throws IOException {
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new OpenStackCommand()).options()) {
      if (!option.usageHelp()) {
        String name = option.names()[0].substring(2);
        assertThat(guide()).contains(option.negatable() ? "`--[no-]" + name : "`--" + name);
      }
    }
  }
}
