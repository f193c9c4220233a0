package io.muster.cli;

import io.muster.cli.local.DemoOptions;
import io.muster.cli.local.DemoRun;
import io.muster.cli.local.Installation;
import io.muster.cli.local.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster demo}: simulated platforms, polled into a real QuestDB. */
@Command(
    name = "demo",
    description = "Starts simulated platforms, QuestDB, the agent and the control API.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private LocalArguments local = new LocalArguments();

  @Option(names = "--name", description = "Several demos of one checkout need several names.")
  private String name = "demo";

  @Option(
      names = "--nodes",
      description = "Nodes of each simulated cluster of Proxmox VE and Kubernetes.")
  private int nodes = 3;

  @Option(
      names = "--guests",
      description = "VMs and containers in the simulated Proxmox VE cluster.")
  private int guests = 24;

  @Option(
      names = "--pods",
      description = "Pods in the simulated Kubernetes cluster; 0 leaves it out.")
  private int pods = 60;

  @Option(names = "--hosts", description = "Hypervisors of the simulated OpenStack cloud.")
  private int hosts = 6;

  @Option(
      names = "--instances",
      description = "Instances in the simulated OpenStack cloud; 0 leaves it out.")
  private int instances = 60;

  @Option(names = "--pve-version", description = "8.4 or 9.2.")
  private String pveVersion = "9.2";

  @Override
  public Integer call() throws Exception {
    var options =
        new DemoOptions(local.named(name), nodes, guests, pods, hosts, instances, pveVersion);
    return new DemoRun(Installation.ofThisProgram(), options, Screen.ofThisProgram()).run();
  }
}
