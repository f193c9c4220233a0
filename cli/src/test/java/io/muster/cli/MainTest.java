package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void unknownVerb_isNamedAndEndsWith2() {
    assertThat(execute("dance")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("there is no verb \"dance\". The verbs are demo, up, bench and help.");
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
  void nameThatLeadsOutOfTheStateFolder_isRefused() {
    for (var name : List.of("../elsewhere", "..", "/absolute", "a/b", "")) {
      assertThat(execute("demo", "--name", name)).as(name).isEqualTo(1);
      assertThat(errors.toString()).contains("--name is \"" + name + "\"").doesNotContain("\tat ");
    }
  }

  @Test
  void questDbUrlThatIsNone_isRefusedInPlainWords(@TempDir Path folder) throws IOException {
    var inventory = Files.createFile(folder.resolve("servers.json"));
    for (var url : List.of("ht tp:x", "localhost:9000", "ftp://localhost")) {
      var up = execute("up", "--config", inventory.toString(), "--questdb-url", url);
      assertThat(up).as(url).isEqualTo(1);
      assertThat(errors.toString()).contains("--questdb-url is no URL").doesNotContain("\tat ");
    }
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
