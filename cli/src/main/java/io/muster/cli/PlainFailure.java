package io.muster.cli;

import io.muster.cli.local.StartException;
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
      case IOException io -> command.getErr().println("muster: " + io);
      default -> failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
