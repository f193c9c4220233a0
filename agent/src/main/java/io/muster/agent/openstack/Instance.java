package io.muster.agent.openstack;

import io.muster.agent.openstack.Shapes.FlavorShape;
import io.muster.agent.openstack.Shapes.ServerShape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine of the cloud, as Nova told it last.
 *
 * @param status Nova's own word, such as {@code ACTIVE}
 * @param task what it is about to do, such as {@code powering-off}
 * @param host name of its nova-compute; null = without a place, or not told to this account
 * @param node name of its hypervisor
 * @param flavorDiskBytes of the disks that come with its size
 */
record Instance(
    String id,
    @Nullable String name,
    @Nullable String project,
    String status,
    @Nullable String task,
    @Nullable Integer power,
    @Nullable String host,
    @Nullable String node,
    boolean locked,
    List<String> tags,
    @Nullable Instant updated,
    @Nullable Integer vcpus,
    @Nullable Long memoryBytes,
    @Nullable Long flavorDiskBytes,
    @Nullable Fault fault) {
  static final String DELETED = "DELETED";
  static final String ERROR = "ERROR";

  /** What Nova says of machines in a cell that it can't ask now. */
  static final String UNKNOWN = "UNKNOWN";

  private static final int RUNNING = 1;

  Instance {
    tags = List.copyOf(tags);
  }

  /** Null = without an id. */
  static @Nullable Instance of(ServerShape shape) {
    String id = shape.id();
    if (id == null) {
      return null;
    }
    FlavorShape flavor = shape.flavor();
    return new Instance(
        id,
        text(shape.name()),
        text(shape.project()),
        shape.status() == null ? UNKNOWN : shape.status(),
        text(shape.task()),
        shape.power(),
        text(shape.host()),
        text(shape.hypervisor()),
        Boolean.TRUE.equals(shape.locked()),
        shape.tags() == null ? List.of() : shape.tags(),
        Json.time(shape.updated()),
        flavor == null ? null : flavor.vcpus(),
        flavor == null ? null : Units.mib(flavor.ram()),
        flavor == null ? null : disk(flavor, shape.image() != null && shape.image().isObject()),
        fault(shape));
  }

  /** One that boots from a volume has no root disk of its own; its image is an empty text. */
  private static @Nullable Long disk(FlavorShape flavor, boolean fromImage) {
    if (flavor.disk() == null) {
      return null;
    }
    long ephemeral = flavor.ephemeral() == null ? 0 : flavor.ephemeral();
    return Units.gib(Long.valueOf(ephemeral + (fromImage ? flavor.disk() : 0)));
  }

  private static @Nullable Fault fault(ServerShape shape) {
    if (shape.fault() == null) {
      return null;
    }
    Instant created = Json.time(shape.fault().created());
    String message = text(shape.fault().message());
    return created == null || message == null ? null : new Fault(created, message);
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  String vmId() {
    return "instance:" + id;
  }

  boolean isDeleted() {
    return status.equals(DELETED);
  }

  /** Whether its host can be asked what it uses. */
  boolean isRunning() {
    return power != null && power == RUNNING && task == null && !status.equals(UNKNOWN);
  }

  /** The same, of which only that it is there is known now. */
  Instance outOfSight() {
    return new Instance(
        id,
        name,
        project,
        UNKNOWN,
        null,
        null,
        host,
        node,
        locked,
        tags,
        updated,
        vcpus,
        memoryBytes,
        flavorDiskBytes,
        null);
  }
}
