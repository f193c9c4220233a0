package io.muster.cli;

import java.util.ArrayList;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that makes no sense: one sentence, exit code 2. */
final class NotUnderstood implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    var command = problem.getCommandLine();
    command.getErr().println("muster: " + sentence(problem, command, arguments));
    return CommandLine.ExitCode.USAGE;
  }

  private static String sentence(
      ParameterException problem, CommandLine command, String[] arguments) {
    var isTop = command.getParent() == null;
    if (problem instanceof UnmatchedArgumentException && isTop && !arguments[0].startsWith("-")) {
      return "there is no verb \"%s\". The verbs are %s.".formatted(arguments[0], verbs(command));
    }
    var more = command.getSubcommands().isEmpty() ? "" : " The verbs are " + verbs(command) + ".";
    return String.valueOf(problem.getMessage()).replaceAll("\\.$", "")
        + "."
        + more
        + " Try: "
        + help(command);
  }

  private static String help(CommandLine command) {
    return HelpCommand.explains(command.getCommandSpec())
        ? "muster help"
        : command.getCommandSpec().qualifiedName() + " --help";
  }

  private static String verbs(CommandLine command) {
    var verbs = new ArrayList<>(command.getSubcommands().keySet());
    var last = verbs.removeLast();
    return String.join(", ", verbs) + " and " + last;
  }
}
