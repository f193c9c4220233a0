package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void unknownVerb_isNamedAndEndsWith2() {
    assertThat(execute("dance")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("there is no verb \"dance\". The verbs are demo, up and help.");
  }

  @Test
  void unknownOption_isNamedAndEndsWith2() {
    assertThat(execute("demo", "--cats", "7")).isEqualTo(2);
    assertThat(errors.toString()).contains("--cats").contains("muster help");
  }

  @Test
  void impossibleSimulation_isRefusedInPlainWords() {
    assertThat(execute("demo", "--pve-version", "7.0")).isEqualTo(1);
    assertThat(errors.toString()).contains("\"7.0\": 8.4 and 9.2").doesNotContain("\tat ");
  }

  @Test
  void missingInventory_isNamed() {
    assertThat(execute("up", "--config", "/nowhere/servers.json")).isEqualTo(1);
    assertThat(errors.toString()).contains("No inventory at /nowhere/servers.json");
  }

  @Test
  void help_fitsAScreenAndNamesEveryVerbAndOption() {
    assertThat(HelpCommand.text().lines())
        .hasSizeLessThan(36)
        .allMatch(line -> line.length() < 111);
    for (var command : Main.commandLine().getSubcommands().values()) {
      assertThat(HelpCommand.text()).contains("./muster " + command.getCommandName());
      command
          .getCommandSpec()
          .options()
          .forEach(option -> assertThat(HelpCommand.text()).contains(option.longestName()));
    }
  }

  private int execute(String... arguments) {
    return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }
}
