package io.muster.simulator.openstack.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image of disks.
 *
 * @param ownerProject id
 * @param bytes null until it is there
 * @param properties what its makers said of it, such as {@code os_type}
 */
public record Image(
    String id,
    String name,
    String ownerProject,
    boolean isPublic,
    @Nullable Long bytes,
    int minDiskGb,
    Instant created,
    Instant updated,
    Map<String, String> properties) {
  public Image {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** The same once its content is there. */
  public Image uploaded(long size, Instant now) {
    return new Image(id, name, ownerProject, isPublic, size, minDiskGb, created, now, properties);
  }

  public String status() {
    return bytes == null ? "queued" : "active";
  }
}
