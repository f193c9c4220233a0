package io.muster.simulator.kubernetes.world;

import io.muster.simulator.kubernetes.model.ContainerState.Terminated;
import io.muster.simulator.kubernetes.model.ContainerState.Waiting;
import io.muster.simulator.kubernetes.model.Pod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a pod. */
enum Trouble {
  /** Its program ends again and again. */
  CRASH {
    @Override
    Pod befall(Pod pod, Instant now) {
      return crashed(pod, now, "Error", 1);
    }
  },
  /** It is killed for its memory, and started again. */
  OOM {
    @Override
    Pod befall(Pod pod, Instant now) {
      return crashed(pod, now, "OOMKilled", 137);
    }
  },
  /** Its image can't be had. */
  IMAGE_PULL {
    @Override
    Pod befall(Pod pod, Instant now) {
      String image = pod.template().containers().getFirst().image();
      return pod.in(
          Pod.PENDING, new Waiting("ImagePullBackOff", "Back-off pulling image \"" + image + "\""));
    }
  },
  /** No node has room for it. */
  PEND {
    @Override
    Pod befall(Pod pod, Instant now) {
      return pod.onNode("", null)
          .in(Pod.PENDING, new Waiting("", ""))
          .because("", "0/1 nodes are available: 1 Insufficient memory.");
    }
  },
  /** Its node needed room. */
  EVICT {
    @Override
    Pod befall(Pod pod, Instant now) {
      return pod.in(
              Pod.FAILED, new Terminated("ContainerStatusUnknown", 137, pod.meta().created(), now))
          .because(
              "Evicted",
              "The node was low on resource: memory. Threshold quantity: 100Mi, available: 61Mi."
                  + " Container "
                  + pod.template().containers().getFirst().name()
                  + " was using more than it requested.");
    }
  };

  /** In so many deployments there is one pod of each kind of trouble. */
  private static final int DEPLOYMENTS = 40;

  /** From here on the pause between two starts stays the same. */
  private static final int MOST_ROUNDS = 5;

  abstract Pod befall(Pod pod, Instant now);

  /** What ails the first pod of a deployment from the start, or null. */
  static @Nullable Trouble of(int deployment) {
    return switch (deployment % DEPLOYMENTS) {
      case 1 -> CRASH;
      case 3 -> OOM;
      case 5 -> IMAGE_PULL;
      case 7 -> PEND;
      default -> null;
    };
  }

  private static Pod crashed(Pod pod, Instant now, String reason, int exitCode) {
    return pod.restarted(
            new Terminated(reason, exitCode, now.minusSeconds(42), now.minusSeconds(40)),
            pod.restarts() + 7)
        .in(Pod.RUNNING, crashLoop(pod, MOST_ROUNDS));
  }

  /**
   * The state between two starts of a container that does not stay.
   *
   * @param round how often it was started again already
   */
  static Waiting crashLoop(Pod pod, int round) {
    List<String> pauses = List.of("10s", "20s", "40s", "1m20s", "2m40s", "5m0s");
    return new Waiting(
        "CrashLoopBackOff",
        "back-off %s restarting failed container=%s pod=%s_%s(%s)"
            .formatted(
                pauses.get(Math.min(round, MOST_ROUNDS)),
                pod.template().containers().getFirst().name(),
                pod.meta().name(),
                pod.meta().namespace(),
                pod.meta().uid()));
  }
}
