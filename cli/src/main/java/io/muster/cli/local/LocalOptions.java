package io.muster.cli.local;

/**
 * What every start on this machine has.
 *
 * @param name of the folder below {@code .muster/}
 * @param bindAddress where all programs listen
 * @param questdbPort wished; another is taken when somebody listens there
 * @param questdbPgPort wished
 * @param agentPort wished, of the agent's health and state
 */
public record LocalOptions(
    String name, String bindAddress, int questdbPort, int questdbPgPort, int agentPort) {}
