package io.muster.agent.proxmox;

import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmStatus;

/** Proxmox's words in Muster's vocabulary. */
final class StatusWords {
  private StatusWords() {}

  /** QEMU's run states ({@code qmpstatus}) and those of containers. */
  static VmStatus guest(String word) {
    return switch (word) {
      case "running", "colo" -> VmStatus.RUNNING;
      case "stopped", "shutdown" -> VmStatus.STOPPED;
      case "paused", "postmigrate", "finish-migrate", "save-vm", "debug" -> VmStatus.PAUSED;
      case "suspended" -> VmStatus.SUSPENDED;
      case "prelaunch", "preconfig", "inmigrate", "restore-vm" -> VmStatus.PENDING;
      case "io-error", "internal-error", "guest-panicked", "watchdog" -> VmStatus.FAILED;
      default -> VmStatus.UNKNOWN;
    };
  }

  static NodeStatus node(Resources.Node node) {
    return switch (node.status()) {
      case "online" ->
          "maintenance".equals(node.haState()) ? NodeStatus.MAINTENANCE : NodeStatus.ONLINE;
      case "offline" -> NodeStatus.OFFLINE;
      default -> NodeStatus.UNKNOWN;
    };
  }

  static StorageSample.Status storage(String word) {
    return switch (word) {
      case "available" -> StorageSample.Status.AVAILABLE;
      case "unavailable", "inactive", "offline" -> StorageSample.Status.UNAVAILABLE;
      default -> StorageSample.Status.UNKNOWN;
    };
  }
}
