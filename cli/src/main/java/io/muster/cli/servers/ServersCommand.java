package io.muster.cli.servers;

import io.muster.cli.verb.VerbGroup;
import picocli.CommandLine.Command;

/** {@code muster servers …}: the inventory. */
@Command(
    name = "servers",
    description = "The inventory: what is polled, and how it is.",
    subcommands = {
      ListServers.class,
      ShowServer.class,
      AddServer.class,
      EditServer.class,
      RenameServer.class,
      EnableServer.class,
      DisableServer.class,
      DeleteServers.class,
      ImportServers.class,
      ExportServers.class,
      ImportTemplate.class,
      TestServer.class,
      CheckServers.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers list",
      "  muster servers template > servers.csv",
      "  muster servers import servers.csv",
      "  muster servers rename pve-1 pve-berlin",
      "A server is named by its name, or by its id where a script should survive a rename."
    })
public final class ServersCommand extends VerbGroup {}
