package io.muster.protocol;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every server of the inventory has, whatever its platform.
 *
 * @param name for people; unique in the site
 * @param interval time between two polls; null = the platform's default
 * @param route how the agent reaches it: {@code direct} or a label such as {@code tailscale}
 * @param proxy HTTP proxy for this server alone; null = the environment's
 */
public record ServerEntry(
    ServerId id,
    String name,
    boolean enabled,
    @Nullable Duration interval,
    String route,
    List<String> tags,
    @Nullable URI proxy) {

  /** Names are in SYMBOL columns, CSV files and paths of the command line. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");

  public ServerEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(route, "route");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must match " + NAME.pattern() + ", but is '" + name + "'");
    }
    tags = List.copyOf(tags);
  }
}
