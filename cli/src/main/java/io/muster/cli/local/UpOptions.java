package io.muster.cli.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What runs against real servers.
 *
 * @param config the inventory file
 * @param questdbUrl of a QuestDB that runs already; null = one is started
 */
public record UpOptions(LocalOptions local, Path config, @Nullable String questdbUrl) {}
