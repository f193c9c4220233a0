package io.muster.simulator;

import io.muster.simulator.faults.Kind;
import io.muster.simulator.kubernetes.faults.KubernetesFaultKind;
import io.muster.simulator.openstack.faults.OpenStackFaultKind;
import io.muster.simulator.proxmox.faults.FaultKind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the kinds of faults under a command's help. */
abstract class FaultHelp implements IModelTransformer {
  private final Kind<?>[] kinds;
  private final List<String> more;

  /**
   * @param more lines after the kinds
   */
  FaultHelp(Kind<?>[] kinds, List<String> more) {
    this.kinds = kinds;
    this.more = List.copyOf(more);
  }

  /** Those of Proxmox VE. */
  static final class OfProxmox extends FaultHelp {
    OfProxmox() {
      super(
          FaultKind.values(),
          List.of(
              "Keys of many: node= (else all), seconds= (ends by itself), times= (so many"
                  + " requests),",
              "path= (a regular expression to be found in paths such as /nodes/pve1/status).",
              "On the command line cluster= (1 and so on) chooses one of several clusters."));
    }
  }

  /** Those of Kubernetes. */
  static final class OfKubernetes extends FaultHelp {
    OfKubernetes() {
      super(
          KubernetesFaultKind.values(),
          List.of(
              "Keys of many: seconds= (ends by itself), times= (so many requests), path= (a regular",
              "expression to be found in paths such as /api/v1/pods, and /api/v1/pods?watch)."));
    }
  }

  /** Those of OpenStack. */
  static final class OfOpenStack extends FaultHelp {
    OfOpenStack() {
      super(
          OpenStackFaultKind.values(),
          List.of(
              "Keys of many: service= (identity, compute, placement, image, volume, network; else"
                  + " all),",
              "seconds= (ends by itself), times= (so many requests), path= (a regular expression to"
                  + " be found",
              "in paths such as /compute/v2.1/servers/detail)."));
    }
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Faults, also through POST /control/faults?kind=KIND&key=value:");
    for (Kind<?> kind : kinds) {
      lines.add("  " + kind.word() + ": " + kind.does() + " [" + keys(kind) + "]");
    }
    lines.addAll(more);
    command.usageMessage().footer(lines.toArray(String[]::new));
    return command;
  }

  private static String keys(Kind<?> kind) {
    return String.join(", ", kind.keys().stream().sorted().toList());
  }
}
