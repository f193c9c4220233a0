package io.muster.cli;

import io.muster.cli.local.LocalOptions;
import picocli.CommandLine.Option;

/** Options of every verb that starts programs on this machine. */
final class LocalArguments {
  @Option(names = "--bind", description = "Address on which everything listens.")
  private String bind = "127.0.0.1";

  @Option(names = "--questdb-port", description = "QuestDB's HTTP: SQL and writing.")
  private int questdbPort = 9000;

  @Option(names = "--questdb-pg-port", description = "QuestDB's PostgreSQL wire.")
  private int questdbPgPort = 8812;

  @Option(names = "--agent-port", description = "The agent's health and state.")
  private int agentPort = 8081;

  @Option(names = "--control-port", description = "The control API and its pages.")
  private int controlPort = 8080;

  @Option(names = "--grafana-port", description = "Grafana's pages.")
  private int grafanaPort = 3000;

  @Option(
      names = "--grafana",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Starts the Grafana that is on this machine, if there is one.")
  private boolean grafana = true;

  LocalOptions named(String name) {
    return new LocalOptions(
        name, bind, questdbPort, questdbPgPort, agentPort, controlPort, grafanaPort, grafana);
  }
}
