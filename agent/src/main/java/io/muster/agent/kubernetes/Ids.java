package io.muster.agent.kubernetes;

import org.jspecify.annotations.Nullable;

/** How pods and deployments are called in rows. */
final class Ids {
  private Ids() {}

  static String pod(String namespace, String name) {
    return "pod:" + namespace + ":" + name;
  }

  static String deployment(String namespace, String name) {
    return "deployment:" + namespace + ":" + name;
  }

  /** Of a thing that events are about; null = no VM of ours. */
  static @Nullable String of(
      @Nullable String kind, @Nullable String namespace, @Nullable String name) {
    if (kind == null || namespace == null || name == null) {
      return null;
    }
    return switch (kind) {
      case "Pod" -> pod(namespace, name);
      case "Deployment" -> deployment(namespace, name);
      default -> null;
    };
  }
}
