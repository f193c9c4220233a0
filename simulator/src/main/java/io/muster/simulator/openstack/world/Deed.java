package io.muster.simulator.openstack.world;

import static io.muster.simulator.openstack.model.VmState.ACTIVE;
import static io.muster.simulator.openstack.model.VmState.ERROR;
import static io.muster.simulator.openstack.model.VmState.PAUSED;
import static io.muster.simulator.openstack.model.VmState.RESCUED;
import static io.muster.simulator.openstack.model.VmState.RESIZED;
import static io.muster.simulator.openstack.model.VmState.SHELVED;
import static io.muster.simulator.openstack.model.VmState.SHELVED_OFFLOADED;
import static io.muster.simulator.openstack.model.VmState.STOPPED;
import static io.muster.simulator.openstack.model.VmState.SUSPENDED;

import io.muster.simulator.openstack.model.TaskState;
import io.muster.simulator.openstack.model.VmState;
import java.time.Duration;
import java.util.Set;

/**
 * What can be done to a machine and takes its time: how long on the recorded cloud, and from which
 * states Nova allows it.
 */
public enum Deed {
  STOP("stop", "stop_instance", TaskState.POWERING_OFF, 1500),
  START("start", "start_instance", TaskState.POWERING_ON, 2400),
  REBOOT("reboot", "reboot_instance", TaskState.REBOOTING, 2500),
  REBOOT_HARD("reboot", "reboot_instance", TaskState.REBOOTING_HARD, 1400),
  PAUSE("pause", "pause_instance", TaskState.PAUSING, 1100),
  UNPAUSE("unpause", "unpause_instance", TaskState.UNPAUSING, 1500),
  SUSPEND("suspend", "suspend_instance", TaskState.SUSPENDING, 1400),
  RESUME("resume", "resume_instance", TaskState.RESUMING, 4400),
  REBUILD("rebuild", "rebuild_instance", TaskState.REBUILDING, 4000),
  CREATE_IMAGE("createImage", "snapshot_instance", TaskState.IMAGE_SNAPSHOT, 5000),
  CHANGE_PASSWORD("changePassword", "set_admin_password", TaskState.UPDATING_PASSWORD, 1000),
  RESIZE("resize", "prep_resize", TaskState.RESIZE_PREP, 4600),
  MIGRATE("migrate", "prep_resize", TaskState.RESIZE_PREP, 4600),
  CONFIRM_RESIZE("confirmResize", "confirm_resize", TaskState.RESIZE_CONFIRMING, 1000),
  REVERT_RESIZE("revertResize", "revert_resize", TaskState.RESIZE_REVERTING, 8000),
  LIVE_MIGRATE("os-migrateLive", "live_migration", TaskState.MIGRATING, 6000),
  SHELVE("shelve", "shelve_instance", TaskState.SHELVING, 2500),
  UNSHELVE("unshelve", "unshelve_instance", TaskState.UNSHELVING, 3600),
  RESCUE("rescue", "rescue_instance", TaskState.RESCUING, 3000),
  UNRESCUE("unrescue", "unrescue_instance", TaskState.UNRESCUING, 3000);

  private final String word;
  private final String event;
  private final TaskState during;
  private final Duration length;

  Deed(String word, String event, TaskState during, long milliseconds) {
    this.word = word;
    this.event = event;
    this.during = during;
    this.length = Duration.ofMillis(milliseconds);
  }

  /** As errors and the list of actions say it. */
  public String word() {
    return word;
  }

  /** The step on the compute host. */
  String event() {
    return "compute_" + event;
  }

  TaskState during() {
    return during;
  }

  /** How long it takes in life. */
  Duration length() {
    return length;
  }

  /** The states from which Nova allows it. */
  Set<VmState> from() {
    return switch (this) {
      case REBOOT, PAUSE, SUSPEND, CHANGE_PASSWORD -> Set.of(ACTIVE);
      case STOP -> Set.of(ACTIVE, ERROR);
      case START -> Set.of(STOPPED);
      case UNPAUSE -> Set.of(PAUSED);
      case RESUME -> Set.of(SUSPENDED);
      case REBOOT_HARD -> Set.of(ACTIVE, STOPPED, PAUSED, SUSPENDED, ERROR);
      case REBUILD, RESCUE -> Set.of(ACTIVE, STOPPED, ERROR);
      case CREATE_IMAGE, SHELVE -> Set.of(ACTIVE, STOPPED, PAUSED, SUSPENDED);
      case RESIZE, MIGRATE -> Set.of(ACTIVE, STOPPED);
      case LIVE_MIGRATE -> Set.of(ACTIVE, PAUSED);
      case CONFIRM_RESIZE, REVERT_RESIZE -> Set.of(RESIZED);
      case UNSHELVE -> Set.of(SHELVED, SHELVED_OFFLOADED);
      case UNRESCUE -> Set.of(RESCUED);
    };
  }
}
