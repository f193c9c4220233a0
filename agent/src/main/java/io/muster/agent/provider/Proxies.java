package io.muster.agent.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which HTTP proxy leads to an address: the server's own, else the environment's. */
public final class Proxies {
  private final @Nullable URI own;
  private final @Nullable URI environment;
  private final List<String> exempt;

  /**
   * @param own the server's {@code proxy}; it is used for every address
   * @param environment holds {@code HTTPS_PROXY} and {@code NO_PROXY}, in either case
   */
  public Proxies(@Nullable URI own, Map<String, String> environment) {
    this.own = own;
    String proxy = either(environment, "HTTPS_PROXY");
    this.environment = proxy == null ? null : uri(proxy);
    String exemptions = either(environment, "NO_PROXY");
    this.exempt =
        exemptions == null
            ? List.of()
            : Arrays.stream(exemptions.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
  }

  /** Null = none. */
  public @Nullable URI to(String host) {
    if (own != null) {
      return own;
    }
    return exempt(host.toLowerCase(Locale.ROOT)) ? null : environment;
  }

  /** Every proxy that may be used, for its user and password. */
  public List<URI> all() {
    if (own != null) {
      return List.of(own);
    }
    return environment == null ? List.of() : List.of(environment);
  }

  private boolean exempt(String host) {
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("::1")) {
      return true;
    }
    for (String entry : exempt) {
      String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
      String name = suffix.startsWith(".") ? suffix.substring(1) : suffix;
      if (entry.equals("*") || host.equals(name) || host.endsWith("." + name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String either(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      value = environment.get(name.toLowerCase(Locale.ROOT));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static URI uri(String text) {
    return URI.create(text.contains("://") ? text : "http://" + text);
  }
}
