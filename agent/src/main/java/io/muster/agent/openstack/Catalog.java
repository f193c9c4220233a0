package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public endpoints of a cloud, by region and type of service. */
record Catalog(Map<String, Map<String, URI>> regions) {
  private static final Pattern TO_VERSION = Pattern.compile("(.*/v\\d+(\\.\\d+)?)(/.*)?");

  Catalog {
    Map<String, Map<String, URI>> copy = new TreeMap<>();
    regions.forEach((region, endpoints) -> copy.put(region, Map.copyOf(endpoints)));
    regions = Map.copyOf(copy);
  }

  /** Endpoints whose address can't be one are left out. */
  static Catalog read(JsonNode catalog) {
    Map<String, Map<String, URI>> regions = new HashMap<>();
    for (JsonNode service : catalog) {
      String type = service.path("type").asText("");
      for (JsonNode endpoint : service.path("endpoints")) {
        URI url = url(endpoint.path("url").asText(""));
        if (endpoint.path("interface").asText("").equals("public") && url != null) {
          String region = endpoint.path("region_id").asText(endpoint.path("region").asText(""));
          regions.computeIfAbsent(region, key -> new HashMap<>()).putIfAbsent(type, url);
        }
      }
    }
    return new Catalog(regions);
  }

  private static @Nullable URI url(String text) {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return known && url.getHost() != null ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Null = there is none. */
  @Nullable URI endpoint(Service service, String region) {
    Map<String, URI> endpoints = regions.getOrDefault(region, Map.of());
    for (String type : service.types()) {
      URI url = endpoints.get(type);
      if (url != null) {
        return url;
      }
    }
    return null;
  }

  Set<String> regionNames() {
    return new TreeSet<>(regions.keySet());
  }

  /** Of {@code …/v2.1/<project>} what ends with the version, where the version document is. */
  static URI versionRoot(URI endpoint) {
    Matcher matcher = TO_VERSION.matcher(endpoint.toString());
    return matcher.matches() ? URI.create(matcher.group(1) + "/") : URI.create(endpoint + "/");
  }
}
