package io.muster.simulator.kubernetes.model;

import java.time.Instant;

/** What the first container of a pod does; the others follow the pod's phase. */
public sealed interface ContainerState {
  /** It runs. */
  record Running(Instant since, boolean ready) implements ContainerState {}

  /**
   * It is not yet there, or not again.
   *
   * @param reason such as {@code ContainerCreating} or {@code CrashLoopBackOff}
   * @param message empty: none is told
   */
  record Waiting(String reason, String message) implements ContainerState {}

  /**
   * It ended.
   *
   * @param reason such as {@code Completed} or {@code OOMKilled}
   */
  record Terminated(String reason, int exitCode, Instant started, Instant finished)
      implements ContainerState {}
}
