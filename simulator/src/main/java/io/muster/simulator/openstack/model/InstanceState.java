package io.muster.simulator.openstack.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a machine changes.
 *
 * @param image id
 * @param host name, or null before it is scheduled and once it is offloaded
 * @param launched when it first ran, or null
 * @param booted when its guest began to run, or null while it does not
 * @param before its flavor before a resize that is not confirmed, or null
 */
public record InstanceState(
    String name,
    Flavor flavor,
    String image,
    @Nullable String host,
    VmState vm,
    @Nullable TaskState task,
    PowerState power,
    Instant updated,
    @Nullable Instant launched,
    @Nullable Instant terminated,
    @Nullable Instant booted,
    Lock lock,
    @Nullable InstanceFault fault,
    @Nullable Flavor before) {

  /** Nobody has placed it yet. */
  public static InstanceState unscheduled(
      String name, Flavor flavor, String image, Instant created) {
    return new InstanceState(
        name,
        flavor,
        image,
        null,
        VmState.BUILDING,
        TaskState.SCHEDULING,
        PowerState.NONE,
        created,
        null,
        null,
        null,
        Lock.NONE,
        null,
        null);
  }

  /** The one word of the API, such as {@code ACTIVE}. */
  public String status() {
    return Status.of(vm, task);
  }

  public boolean isDeleted() {
    return vm == VmState.DELETED;
  }

  /** Whether its host's resources are spoken for. */
  public boolean occupiesHost() {
    return host != null && vm != VmState.DELETED && vm != VmState.SHELVED_OFFLOADED;
  }

  /** Begins to change it. */
  public Draft change() {
    return new Draft(this);
  }

  /** A state that is being written. */
  public static final class Draft {
    private String name;
    private Flavor flavor;
    private String image;
    private @Nullable String host;
    private VmState vm;
    private @Nullable TaskState task;
    private PowerState power;
    private Instant updated;
    private @Nullable Instant launched;
    private @Nullable Instant terminated;
    private @Nullable Instant booted;
    private Lock lock;
    private @Nullable InstanceFault fault;
    private @Nullable Flavor before;

    private Draft(InstanceState from) {
      name = from.name;
      flavor = from.flavor;
      image = from.image;
      host = from.host;
      vm = from.vm;
      task = from.task;
      power = from.power;
      updated = from.updated;
      launched = from.launched;
      terminated = from.terminated;
      booted = from.booted;
      lock = from.lock;
      fault = from.fault;
      before = from.before;
    }

    public Draft name(String value) {
      name = value;
      return this;
    }

    public Draft flavor(Flavor value) {
      flavor = value;
      return this;
    }

    public Draft image(String value) {
      image = value;
      return this;
    }

    public Draft host(@Nullable String value) {
      host = value;
      return this;
    }

    public Draft task(@Nullable TaskState value) {
      task = value;
      return this;
    }

    /** Is this now, and nothing is done to it any more. */
    public Draft settle(VmState newVm, PowerState newPower) {
      vm = newVm;
      power = newPower;
      task = null;
      return this;
    }

    public Draft updated(Instant value) {
      updated = value;
      return this;
    }

    public Draft launched(@Nullable Instant value) {
      launched = value;
      return this;
    }

    public Draft terminated(Instant value) {
      terminated = value;
      return this;
    }

    public Draft booted(@Nullable Instant value) {
      booted = value;
      return this;
    }

    public Draft lock(Lock value) {
      lock = value;
      return this;
    }

    public Draft fault(@Nullable InstanceFault value) {
      fault = value;
      return this;
    }

    public Draft before(@Nullable Flavor value) {
      before = value;
      return this;
    }

    InstanceState build() {
      return new InstanceState(
          name,
          flavor,
          image,
          host,
          vm,
          task,
          power,
          updated,
          launched,
          terminated,
          booted,
          lock,
          fault,
          before);
    }
  }
}
