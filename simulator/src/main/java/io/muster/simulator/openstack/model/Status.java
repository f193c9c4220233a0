package io.muster.simulator.openstack.model;

import org.jspecify.annotations.Nullable;

/** The one word that the API makes of a machine's state and of what is done to it. */
final class Status {
  private Status() {}

  static String of(VmState vm, @Nullable TaskState task) {
    return switch (vm) {
      case BUILDING -> "BUILD";
      case ACTIVE -> moving(task, active(task));
      case STOPPED -> moving(task, task == TaskState.REBUILDING ? "REBUILD" : "SHUTOFF");
      case PAUSED -> task == TaskState.MIGRATING ? "MIGRATING" : "PAUSED";
      case RESIZED -> task == TaskState.RESIZE_REVERTING ? "REVERT_RESIZE" : "VERIFY_RESIZE";
      case ERROR -> task == TaskState.REBUILDING ? "REBUILD" : "ERROR";
      case RESCUED -> "RESCUE";
      case SUSPENDED, SHELVED, SHELVED_OFFLOADED, DELETED -> vm.name();
    };
  }

  private static String moving(@Nullable TaskState task, String otherwise) {
    return task == TaskState.RESIZE_PREP ? "RESIZE" : otherwise;
  }

  private static String active(@Nullable TaskState task) {
    if (task == null) {
      return "ACTIVE";
    }
    return switch (task) {
      case REBOOTING -> "REBOOT";
      case REBOOTING_HARD -> "HARD_REBOOT";
      case REBUILDING -> "REBUILD";
      case UPDATING_PASSWORD -> "PASSWORD";
      case MIGRATING -> "MIGRATING";
      case SCHEDULING,
          SPAWNING,
          POWERING_OFF,
          POWERING_ON,
          PAUSING,
          UNPAUSING,
          SUSPENDING,
          RESUMING,
          IMAGE_SNAPSHOT,
          RESIZE_PREP,
          RESIZE_CONFIRMING,
          RESIZE_REVERTING,
          SHELVING,
          UNSHELVING,
          RESCUING,
          UNRESCUING,
          DELETING ->
          "ACTIVE";
    };
  }
}
