package io.muster.cli;

import io.muster.cli.verb.Verb;
import io.muster.cli.verb.VerbGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code muster help}: everything in a screenful. */
@Command(name = "help", description = "Explains everything in a screenful.")
final class HelpCommand implements Runnable {
  @Parameters(arity = "0..1", description = "A verb; the page explains all of them.")
  private String verb = "";

  @Override
  public void run() {
    System.out.print(text());
  }

  /** The verbs of the page are one: asking for one of them shows the page. */
  String verb() {
    return verb;
  }

  /** Whether the page has all of a command; the others explain themselves. */
  static boolean explains(CommandSpec command) {
    return !(command.userObject() instanceof Verb || command.userObject() instanceof VerbGroup);
  }

  static String text() {
    try (var page = HelpCommand.class.getResourceAsStream("help.txt")) {
      return new String(
          Objects.requireNonNull(page, "help.txt").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException("The help page is not readable", impossible);
    }
  }
}
