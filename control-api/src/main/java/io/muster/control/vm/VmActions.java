package io.muster.control.vm;

import static io.muster.control.vm.VmAction.DELETE;
import static io.muster.control.vm.VmAction.PAUSE;
import static io.muster.control.vm.VmAction.REBOOT;
import static io.muster.control.vm.VmAction.RESET;
import static io.muster.control.vm.VmAction.RESTART;
import static io.muster.control.vm.VmAction.RESUME;
import static io.muster.control.vm.VmAction.SCALE;
import static io.muster.control.vm.VmAction.SHUTDOWN;
import static io.muster.control.vm.VmAction.START;
import static io.muster.control.vm.VmAction.STOP;
import static io.muster.control.vm.VmAction.SUSPEND;
import static io.muster.control.vm.VmAction.UNPAUSE;

import io.muster.control.caller.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which actions a VM's state and the caller's role allow. Whether the platform will carry one out
 * is known when it does.
 */
public final class VmActions {
  /** Proxmox's lock of a VM whose memory is on disk: resuming ends it. */
  private static final String SUSPENDED_TO_DISK = "suspended";

  private VmActions() {}

  /**
   * In the order of {@link VmAction}.
   *
   * @param type null = none that is known here
   * @param lockedBy what the platform does with it meanwhile; null = nothing
   */
  public static List<VmAction> of(
      Role role,
      @Nullable VmType type,
      VmStatus status,
      @Nullable String lockedBy,
      boolean template) {
    boolean held = lockedBy != null && !lockedBy.equals(SUSPENDED_TO_DISK);
    return type == null || held || template || !role.includes(Role.OPERATOR)
        ? List.of()
        : of(type, status);
  }

  private static List<VmAction> of(VmType type, VmStatus status) {
    return switch (type) {
      case QEMU -> ofQemu(status);
      case LXC -> ofLxc(status);
      case INSTANCE -> ofInstance(status);
      case POD -> status == VmStatus.REMOVED ? List.of() : List.of(DELETE);
      case DEPLOYMENT -> status == VmStatus.REMOVED ? List.of() : List.of(RESTART, SCALE);
    };
  }

  private static List<VmAction> ofQemu(VmStatus status) {
    return switch (status) {
      case RUNNING -> List.of(SHUTDOWN, STOP, REBOOT, RESET, SUSPEND);
      case STOPPED -> List.of(START);
      case PAUSED -> List.of(STOP, RESET, RESUME);
      case SUSPENDED -> List.of(RESUME);
      case PENDING, FAILED, SUCCEEDED, UNKNOWN, REMOVED -> List.of();
    };
  }

  /** Containers have no reset, and what Proxmox calls their suspend does not work with most. */
  private static List<VmAction> ofLxc(VmStatus status) {
    return switch (status) {
      case RUNNING -> List.of(SHUTDOWN, STOP, REBOOT);
      case STOPPED -> List.of(START);
      case PAUSED, SUSPENDED -> List.of(STOP, RESUME);
      case PENDING, FAILED, SUCCEEDED, UNKNOWN, REMOVED -> List.of();
    };
  }

  /** What Nova allows in each {@code vm_state}. */
  private static List<VmAction> ofInstance(VmStatus status) {
    return switch (status) {
      case RUNNING -> List.of(SHUTDOWN, STOP, REBOOT, RESET, SUSPEND, PAUSE);
      case STOPPED -> List.of(START, RESET);
      case PAUSED -> List.of(RESET, UNPAUSE);
      case SUSPENDED -> List.of(RESET, RESUME);
      case FAILED -> List.of(STOP, RESET);
      case PENDING, SUCCEEDED, UNKNOWN, REMOVED -> List.of();
    };
  }
}
