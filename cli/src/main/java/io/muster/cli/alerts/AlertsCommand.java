package io.muster.cli.alerts;

import io.muster.cli.verb.VerbGroup;
import picocli.CommandLine.Command;

/** {@code muster alerts …}: what alert rules compare with. */
@Command(
    name = "alerts",
    description = "The limits of alert rules.",
    subcommands = {ListLimits.class, SetLimit.class, UnsetLimit.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster alerts list --rule node-cpu",
      "  muster alerts set node-cpu 80 --server pve-1",
      "  muster alerts set vm-cpu 99 --tag build-machine",
      "  muster alerts set pod-crash-loop --off --tag group=playground",
      "  muster alerts unset node-cpu --server pve-1",
      "For a thing the most particular limit counts: of its server and a tag, then of a tag, then of",
      "its server, then the rule's own."
    })
public final class AlertsCommand extends VerbGroup {}
