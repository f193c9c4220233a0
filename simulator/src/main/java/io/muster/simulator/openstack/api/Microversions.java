package io.muster.simulator.openstack.api;

import io.muster.simulator.http.Request;
import io.muster.simulator.openstack.model.Refusal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version of its API a service is asked for, and what it says of that. */
final class Microversions {
  private static final Pattern VERSION = Pattern.compile("([1-9]\\d*)\\.([1-9]\\d*|0)");
  private static final int PLACEMENT_MOST = 39;
  private static final int VOLUME_MOST = 70;

  private final int computeMost;

  /**
   * Of one cloud.
   *
   * @param computeMost the newest of Nova's, such as 93 for 2.93
   */
  Microversions(int computeMost) {
    this.computeMost = computeMost;
  }

  /**
   * What was asked for.
   *
   * @param minor such as 53 for 2.53; 0 where the service has none
   * @param headers of the answer
   */
  record Asked(int minor, Map<String, String> headers) {}

  /** What a request asks a service for; refuses what the service does not have. */
  Asked of(Service service, Request request) {
    return switch (service) {
      case COMPUTE -> compute(request);
      case PLACEMENT -> {
        int minor = minor(word(request, "placement"), 1, 0, PLACEMENT_MOST);
        yield new Asked(
            minor,
            Map.of(
                "openstack-api-version", "placement 1." + minor, "vary", "openstack-api-version"));
      }
      case VOLUME -> {
        int minor = minor(volumeWord(request), 3, 0, VOLUME_MOST);
        yield new Asked(
            minor,
            Map.of("OpenStack-API-Version", "volume 3." + minor, "Vary", "OpenStack-API-Version"));
      }
      case IDENTITY, IMAGE, NETWORK -> new Asked(0, Map.of());
    };
  }

  /** The headers of a refusal: Nova repeats the version that it does not have. */
  static Map<String, String> ofRefused(Service service, Request request, int status) {
    return service == Service.COMPUTE && status == 406
        ? computeHeaders(String.valueOf(computeWord(request)))
        : Map.of();
  }

  private static @Nullable String computeWord(Request request) {
    String legacy = request.header("x-openstack-nova-api-version");
    String word = word(request, "compute");
    return word == null && !legacy.isEmpty() ? legacy : word;
  }

  private Asked compute(Request request) {
    int minor = minor(computeWord(request), 2, 1, computeMost);
    return new Asked(minor, computeHeaders("2." + minor));
  }

  private static Map<String, String> computeHeaders(String version) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("OpenStack-API-Version", "compute " + version);
    headers.put("X-OpenStack-Nova-API-Version", version);
    headers.put("Vary", "OpenStack-API-Version, X-OpenStack-Nova-API-Version");
    return headers;
  }

  /** The version of the header {@code OpenStack-API-Version} that is meant for a service. */
  private static @Nullable String word(Request request, String service) {
    for (String each : request.header("openstack-api-version").split(",", -1)) {
      String[] parts = each.strip().split(" +", -1);
      if (parts.length == 2 && parts[0].equals(service)) {
        return parts[1].toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }

  /** Cinder takes what is meant for another service as a mistake. */
  private static @Nullable String volumeWord(Request request) {
    String word = word(request, "volume");
    if (word == null && !request.header("openstack-api-version").isEmpty()) {
      throw new Refusal(
          400,
          "Invalid service catalog service: "
              + request.header("openstack-api-version").split(" ", -1)[0]);
    }
    return word;
  }

  private static int minor(@Nullable String word, int major, int least, int most) {
    if (word == null) {
      return least;
    }
    if (word.equals("latest")) {
      return most;
    }
    Matcher version = VERSION.matcher(word);
    if (!version.matches()) {
      throw new Refusal(
          400,
          "API Version String "
              + word
              + " is of invalid format. Must be of format MajorNum.MinorNum.");
    }
    int minor =
        version.group(2).length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(version.group(2));
    if (!version.group(1).equals(String.valueOf(major)) || minor < least || minor > most) {
      throw new Refusal(
          406,
          "Version %s is not supported by the API. Minimum is %d.%d and maximum is %d.%d."
              .formatted(word, major, least, major, most));
    }
    return minor;
  }
}
