package io.muster.cli;

import io.muster.cli.api.ControlException;
import io.muster.cli.local.StartException;
import io.muster.cli.text.UsageException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What went wrong in plain words; a stack trace only for a mistake of ours. */
final class PlainFailure implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    switch (failure) {
      case StartException plain -> command.getErr().println("muster: " + plain.getMessage());
      case ControlException plain -> command.getErr().println("muster: " + plain.getMessage());
      case UsageException usage -> {
        command.getErr().println("muster: " + usage.getMessage());
        return CommandLine.ExitCode.USAGE;
      }
      case IOException io -> command.getErr().println("muster: " + io);
      default -> failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
