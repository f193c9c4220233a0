package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.verb.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void unknownVerb_isNamedAndEndsWith2() {
    assertThat(execute("dance")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("there is no verb \"dance\". The verbs are demo, up, login,");
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
    for (var command : commandLine().getSubcommands().values()) {
      assertThat(HelpCommand.text()).contains("./muster " + command.getCommandName());
      if (HelpCommand.explains(command.getCommandSpec())) {
        command.getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp())
            .forEach(option -> assertThat(HelpCommand.text()).contains(option.longestName()));
      }
    }
  }

  @Test
  void dashDashHelp_isUnderstoodEverywhere() {
    for (var arguments : List.of("--help", "demo --help", "up -h", "bench --help", "servers -h")) {
      assertThat(execute(arguments.split(" "))).as(arguments).isZero();
    }
  }

  @Test
  void everyVerbOfTheApi_explainsItself_within80Columns() {
    var verbs = new ArrayDeque<>(commandLine().getSubcommands().values());
    while (!verbs.isEmpty()) {
      var verb = verbs.remove();
      verbs.addAll(verb.getSubcommands().values());
      if (!HelpCommand.explains(verb.getCommandSpec())) {
        var text = verb.getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(text).contains(verb.getCommandSpec().qualifiedName());
        assertThat(text.lines()).as(text).allMatch(line -> line.length() <= 80);
        assertThat(verb.getCommandSpec().usageMessage().description()).as(text).isNotEmpty();
        verb.getCommandSpec()
            .options()
            .forEach(option -> assertThat(option.description()).as(text).isNotEmpty());
      }
    }
  }

  @Test
  void groupWithoutAVerb_tellsItsVerbs_andEndsWith2() {
    assertThat(execute("servers")).isEqualTo(2);
    assertThat(errors.toString()).contains("import", "export", "Examples:");
  }

  @Test
  void unknownVerbOfAGroup_isAnsweredWithThoseThatThereAre() {
    assertThat(execute("servers", "dance")).isEqualTo(2);
    assertThat(errors.toString()).contains("dance", "list, show", "muster servers --help");
  }

  private static CommandLine commandLine() {
    return Main.commandLine(Terminal.ofThisProgram());
  }

  private int execute(String... arguments) {
    return commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }
}
