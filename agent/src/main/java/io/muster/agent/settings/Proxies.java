package io.muster.agent.settings;

import io.muster.protocol.configuration.Printable;
import io.muster.settings.SettingsReader;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment's proxy.
 *
 * @param https null = none; may hold a user and a password, so it is not printed
 * @param noProxy hosts, domains and {@code *} that it is not used for, as written
 */
public record Proxies(@Nullable URI https, List<String> noProxy) {
  public Proxies {
    noProxy = List.copyOf(noProxy);
  }

  /** As the variables that hold them. */
  public Map<String, String> asVariables() {
    return https == null
        ? Map.of()
        : Map.of("HTTPS_PROXY", https.toString(), "NO_PROXY", String.join(",", noProxy));
  }

  @Override
  public String toString() {
    return "Proxies[https="
        + (https == null ? null : Printable.address(https.toString()))
        + ", noProxy="
        + noProxy
        + "]";
  }

  static Proxies read(SettingsReader reader) {
    // Both spellings are in use; the upper-case one wins.
    String key = reader.text("HTTPS_PROXY") == null ? "https_proxy" : "HTTPS_PROXY";
    String noProxyKey = reader.text("NO_PROXY") == null ? "no_proxy" : "NO_PROXY";
    String noProxy = reader.text(noProxyKey);
    return new Proxies(
        reader.address(key, Set.of("http")),
        noProxy == null
            ? List.of()
            : Arrays.stream(noProxy.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList());
  }
}
