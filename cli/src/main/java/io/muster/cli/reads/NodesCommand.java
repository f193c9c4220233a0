package io.muster.cli.reads;

import io.muster.cli.verb.VerbGroup;
import picocli.CommandLine.Command;

/** {@code muster nodes …}: what the workloads run on. */
@Command(
    name = "nodes",
    description = "Hypervisors and Kubernetes nodes of all servers.",
    subcommands = ListNodes.class,
    footerHeading = "%nExamples:%n",
    footer = {"  muster nodes list", "  muster nodes list --server pve-1 --json"})
public final class NodesCommand extends VerbGroup {}
