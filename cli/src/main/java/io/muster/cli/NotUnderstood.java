package io.muster.cli;

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
    var unknownVerb = problem instanceof UnmatchedArgumentException && command.getParent() == null;
    if (unknownVerb && !arguments[0].startsWith("-")) {
      return "there is no verb \"%s\". The verbs are demo, up, bench and help."
          .formatted(arguments[0]);
    }
    return problem.getMessage() + ". Try: muster help";
  }
}
