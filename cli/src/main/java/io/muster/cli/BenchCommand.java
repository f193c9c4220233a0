package io.muster.cli;

import io.muster.cli.bench.BenchRun;
import io.muster.cli.local.Installation;
import io.muster.cli.local.Screen;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster bench}: what the agent asks, takes and delivers, on this machine. */
@Command(name = "bench", description = "Measures the programs on this machine, half an hour.")
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      description = "Parts to measure: ${COMPLETION-CANDIDATES}.")
  private Set<BenchRun.Part> only = EnumSet.allOf(BenchRun.Part.class);

  @Override
  public Integer call() throws Exception {
    new BenchRun(Installation.ofThisProgram(), Screen.ofThisProgram()).run(only);
    return 0;
  }
}
