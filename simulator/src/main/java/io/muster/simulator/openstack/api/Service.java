package io.muster.simulator.openstack.api;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The services of a cloud, each below a path of its own as in DevStack. */
public enum Service {
  IDENTITY("identity", "keystone", "/identity", "/v3"),
  COMPUTE("compute", "nova", "/compute", "/v2.1"),
  PLACEMENT("placement", "placement", "/placement", ""),
  IMAGE("image", "glance", "/image", ""),
  VOLUME("volumev3", "cinderv3", "/volume", "/v3/%(project_id)s"),
  NETWORK("network", "neutron", "/networking", "");

  private final String type;
  private final String title;
  private final String path;
  private final String version;

  Service(String type, String title, String path, String version) {
    this.type = type;
    this.title = title;
    this.path = path;
    this.version = version;
  }

  /** As a user of the simulator writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As the catalog says it. */
  public String type() {
    return type;
  }

  /** Its own name. */
  public String title() {
    return title;
  }

  /** Where it begins. */
  public String path() {
    return path;
  }

  /** What its endpoint in the catalog adds to its path; may hold {@code %(project_id)s}. */
  public String endpoint() {
    return path + version;
  }

  /** The service that answers at a path, or null. */
  public static @Nullable Service at(String path) {
    return Arrays.stream(values())
        .filter(service -> path.equals(service.path) || path.startsWith(service.path + "/"))
        .findFirst()
        .orElse(null);
  }
}
