package io.muster.simulator.openstack.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image of disks.
 *
 * @param ownerProject id
 * @param bytes null until it is there
 * @param machine of which it is a snapshot, or null
 */
public record Image(
    String id,
    String name,
    String ownerProject,
    String user,
    boolean isPublic,
    @Nullable Long bytes,
    int minDiskGb,
    Instant created,
    Instant updated,
    @Nullable String machine) {

  /** The same once its content is there. */
  public Image uploaded(long size, Instant now) {
    return new Image(
        id, name, ownerProject, user, isPublic, size, minDiskGb, created, now, machine);
  }

  public String status() {
    return bytes == null ? "queued" : "active";
  }
}
