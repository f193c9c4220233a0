package io.muster.simulator;

import io.muster.simulator.proxmox.faults.FaultKind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the kinds of faults under a command's help. */
final class FaultHelp implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Faults, also through POST /control/faults?kind=KIND&key=value:");
    for (FaultKind kind : FaultKind.values()) {
      lines.add("  " + kind.word() + ": " + kind.does() + " [" + keys(kind) + "]");
    }
    lines.add(
        "Keys of many: node= (else all), seconds= (ends by itself), times= (so many requests),");
    lines.add("path= (a regular expression to be found in paths such as /nodes/pve1/status).");
    lines.add("On the command line cluster= (1 and so on) chooses one of several clusters.");
    command.usageMessage().footer(lines.toArray(String[]::new));
    return command;
  }

  private static String keys(FaultKind kind) {
    return String.join(", ", kind.keys().stream().sorted().toList());
  }
}
