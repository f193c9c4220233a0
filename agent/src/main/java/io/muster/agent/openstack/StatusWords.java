package io.muster.agent.openstack;

import io.muster.agent.provider.VmStatus;

/** Nova's words for what a machine is. */
final class StatusWords {
  private StatusWords() {}

  static VmStatus of(String status) {
    return switch (status) {
      case "ACTIVE", "RESCUE", "VERIFY_RESIZE", "PASSWORD", "MIGRATING" -> VmStatus.RUNNING;
      case "SHUTOFF", "SHELVED", "SHELVED_OFFLOADED", "SOFT_DELETED" -> VmStatus.STOPPED;
      case "PAUSED" -> VmStatus.PAUSED;
      case "SUSPENDED" -> VmStatus.SUSPENDED;
      case "BUILD", "REBUILD", "RESIZE", "REVERT_RESIZE", "REBOOT", "HARD_REBOOT" ->
          VmStatus.PENDING;
      case "ERROR" -> VmStatus.FAILED;
      case "DELETED" -> VmStatus.REMOVED;
      default -> VmStatus.UNKNOWN;
    };
  }
}
