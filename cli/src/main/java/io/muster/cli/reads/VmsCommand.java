package io.muster.cli.reads;

import io.muster.cli.verb.VerbGroup;
import picocli.CommandLine.Command;

/** {@code muster vms …}: the workloads of all servers. */
@Command(
    name = "vms",
    description = "VMs, containers, pods, deployments and instances of all servers.",
    subcommands = {ListVms.class, ShowVm.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster vms list --status failed",
      "  muster vms show pve-1/qemu:101",
      "A VM is named by its server and its id there, as the list shows it."
    })
public final class VmsCommand extends VerbGroup {}
