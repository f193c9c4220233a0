package io.muster.cli.local;

import java.util.regex.Pattern;

/**
 * What every start on this machine has.
 *
 * @param name of the folder below {@code .muster/}
 * @param bindAddress where all programs listen
 * @param questdbPort wished; another is taken when somebody listens there
 * @param questdbPgPort wished
 * @param agentPort wished, of the agent's health and state
 * @param controlPort wished, of the control API
 * @param grafanaPort wished
 * @param grafana whether to start a Grafana that is on this machine
 */
public record LocalOptions(
    String name,
    String bindAddress,
    int questdbPort,
    int questdbPgPort,
    int agentPort,
    int controlPort,
    int grafanaPort,
    boolean grafana) {
  /** It becomes a folder below {@code .muster}: so no separators, and no way out of there. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  public LocalOptions {
    if (!NAME.matcher(name).matches()) {
      throw new StartException(
          "--name is \"%s\": letters, digits, _ and - name a folder, at most 63 of them."
              .formatted(name));
    }
  }
}
