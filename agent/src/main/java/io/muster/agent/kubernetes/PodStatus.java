package io.muster.agent.kubernetes;

import static io.muster.agent.kubernetes.Shapes.list;

import io.muster.agent.kubernetes.Shapes.Condition;
import io.muster.agent.kubernetes.Shapes.ContainerState;
import io.muster.agent.kubernetes.Shapes.ContainerStatus;
import io.muster.agent.kubernetes.Shapes.Ended;
import io.muster.agent.kubernetes.Shapes.PodStatusPart;
import io.muster.agent.kubernetes.Shapes.Reason;
import io.muster.agent.provider.VmStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pod's status in our words and in Kubernetes'. The phase alone does not tell it: a pod in
 * CrashLoopBackOff is "Running".
 *
 * @param detail the platform's word
 */
record PodStatus(VmStatus status, String detail, boolean finished) {
  /** Containers that wait for one of these will not start by themselves as they are. */
  private static final Set<String> FAILING =
      Set.of(
          "CrashLoopBackOff",
          "ImagePullBackOff",
          "ErrImagePull",
          "ErrImageNeverPull",
          "ImageInspectError",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "StartError");

  static PodStatus of(@Nullable PodStatusPart part, boolean terminating) {
    PodStatus status = part == null ? new PodStatus(VmStatus.UNKNOWN, "Unknown", false) : of(part);
    return terminating && !status.finished()
        ? new PodStatus(status.status(), "Terminating", false)
        : status;
  }

  private static PodStatus of(PodStatusPart part) {
    String phase = part.phase() == null ? "" : part.phase();
    return switch (phase) {
      case "Succeeded" ->
          new PodStatus(
              VmStatus.SUCCEEDED, part.reason() == null ? "Completed" : part.reason(), true);
      case "Failed" -> new PodStatus(VmStatus.FAILED, whyFailed(part), true);
      case "Pending", "Running" -> alive(part, phase);
      default -> new PodStatus(VmStatus.UNKNOWN, phase.isEmpty() ? "Unknown" : phase, false);
    };
  }

  private static String whyFailed(PodStatusPart part) {
    if (part.reason() != null) {
      return part.reason();
    }
    String ended = ended(part.containerStatuses());
    String begun = ended == null ? ended(part.initContainerStatuses()) : ended;
    return begun == null ? "Failed" : begun;
  }

  private static PodStatus alive(PodStatusPart part, String phase) {
    for (List<ContainerStatus> containers :
        List.of(list(part.initContainerStatuses()), list(part.containerStatuses()))) {
      String waiting = waiting(containers);
      if (waiting != null) {
        return new PodStatus(
            FAILING.contains(waiting) ? VmStatus.FAILED : VmStatus.PENDING, waiting, false);
      }
      String ended = ended(containers);
      if (ended != null) {
        return new PodStatus(VmStatus.FAILED, ended, false);
      }
    }
    if (phase.equals("Pending")) {
      return new PodStatus(VmStatus.PENDING, whyNot(part, "PodScheduled", "Pending"), false);
    }
    if (Shapes.is(Shapes.condition(part.conditions(), "Ready"), "False")) {
      return new PodStatus(VmStatus.PENDING, whyNot(part, "Ready", "NotReady"), false);
    }
    return new PodStatus(VmStatus.RUNNING, "Running", false);
  }

  private static String whyNot(PodStatusPart part, String type, String otherwise) {
    Condition condition = Shapes.condition(part.conditions(), type);
    return condition == null || !Shapes.is(condition, "False") || condition.reason() == null
        ? otherwise
        : condition.reason();
  }

  /** What a container waits for, the bad reasons before those that end by themselves. */
  private static @Nullable String waiting(List<ContainerStatus> containers) {
    String any = null;
    for (ContainerStatus container : containers) {
      ContainerState state = container.state();
      Reason waiting = state == null ? null : state.waiting();
      String reason = waiting == null ? null : waiting.reason();
      if (reason != null && FAILING.contains(reason)) {
        return reason;
      }
      any = any == null ? reason : any;
    }
    return any;
  }

  /** How a container ended that did not end well. */
  private static @Nullable String ended(@Nullable List<ContainerStatus> containers) {
    for (ContainerStatus container : list(containers)) {
      ContainerState state = container.state();
      Ended ended = state == null ? null : state.terminated();
      Integer code = ended == null ? null : ended.exitCode();
      if (ended != null && (code == null || code != 0)) {
        return ended.reason() == null ? "Error" : ended.reason();
      }
    }
    return null;
  }
}
