package io.muster.simulator.openstack.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param status in Cinder's words, such as {@code available}
 * @param pool such as {@code storage-1@ceph#ceph}
 * @param attachment or null while it is attached to nothing
 */
public record Volume(
    String id,
    String name,
    String project,
    String user,
    String status,
    int sizeGb,
    String pool,
    Instant created,
    Instant updated,
    @Nullable Attachment attachment) {

  /** Where a volume is attached. */
  public record Attachment(String id, String machine, String device, Instant since) {}

  /** The same, attached to nothing. */
  public Volume detached(Instant now) {
    return new Volume(id, name, project, user, "available", sizeGb, pool, created, now, null);
  }
}
