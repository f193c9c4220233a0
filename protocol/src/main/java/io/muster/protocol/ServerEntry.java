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
 * @param proxy HTTP proxy for this server alone; null = the environment's; may hold a user and a
 *     password
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

  /** A column holds all tags of a server as {@code ;a;b;}. */
  public static final Pattern TAG = Pattern.compile("[^;\\p{Cntrl}\\s][^;\\p{Cntrl}]{0,62}");

  public ServerEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(route, "route");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must match " + NAME.pattern() + ", but is '" + name + "'");
    }
    if (interval != null && !interval.isPositive()) {
      throw new IllegalArgumentException("intervalSeconds must be above 0, but is " + interval);
    }
    if (!NAME.matcher(route).matches()) {
      throw new IllegalArgumentException(
          "route must match " + NAME.pattern() + ", but is '" + route + "'");
    }
    tags = List.copyOf(tags);
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw new IllegalArgumentException(
            "tags must match " + TAG.pattern() + ", but one is '" + tag + "'");
      }
    }
    if (proxy != null
        && (!"http".equals(proxy.getScheme()) || proxy.getHost() == null || proxy.getPort() < 0)) {
      throw new IllegalArgumentException("proxy must be http://host:port");
    }
  }

  /** Without the proxy's user and password. */
  @Override
  public String toString() {
    return "ServerEntry[id=%s, name=%s, enabled=%s, interval=%s, route=%s, tags=%s, proxy=%s]"
        .formatted(
            id,
            name,
            enabled,
            interval,
            route,
            tags,
            proxy == null ? null : proxy.getHost() + ":" + proxy.getPort());
  }
}
