package io.muster.cli.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What runs against real servers.
 *
 * @param config the inventory file; null = {@link #USUAL_CONFIG} where there is one
 * @param control whether a control API has the inventory; else the agent follows the file
 * @param questdbUrl of a QuestDB that runs already; null = one is started
 */
public record UpOptions(
    LocalOptions local, @Nullable Path config, @Nullable String questdbUrl, boolean control) {
  static final Path USUAL_CONFIG = Path.of("infrastructure_config.json");
}
