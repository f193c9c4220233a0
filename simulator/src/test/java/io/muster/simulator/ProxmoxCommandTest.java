package io.muster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
}
