package io.muster.simulator.kubernetes.world;

import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.PodTemplate;
import java.util.List;
import java.util.Map;

/** What runs in the demo cluster: names, images and sizes as companies have them. */
final class Blueprints {
  private static final String REGISTRY = "registry.example/";
  private static final long MIB = 1L << 20;
  private static final List<String> NAMESPACES =
      List.of("shop", "payments", "search", "platform", "reporting", "identity", "media", "mail");
  private static final List<String> APPS =
      List.of(
          "web",
          "api",
          "worker",
          "cart",
          "catalog",
          "checkout",
          "gateway",
          "session",
          "pricing",
          "stock",
          "invoice",
          "notify",
          "export",
          "import",
          "proxy",
          "scheduler",
          "cache",
          "audit",
          "upload",
          "render");

  private Blueprints() {}

  static String namespace(int index) {
    return index < NAMESPACES.size() ? NAMESPACES.get(index) : "team-" + (index + 1);
  }

  static String app(int index) {
    int round = index / APPS.size();
    String app = APPS.get(index % APPS.size());
    return round == 0 ? app : app + "-" + (round + 1);
  }

  /**
   * A template.
   *
   * @param kind chooses sizes and whether there is a limit and a second container
   */
  static PodTemplate template(String app, Map<String, String> labels, int kind, String restart) {
    int millis = 50 << (kind % 4);
    long bytes = (64L << (kind % 5)) * MIB;
    ContainerSpec main =
        new ContainerSpec(
            app,
            REGISTRY + app + ":1." + kind % 10 + ".0",
            kind % 7 == 6 ? null : millis,
            kind % 3 == 2 ? null : 4 * millis,
            kind % 7 == 6 ? null : bytes,
            kind % 5 == 4 ? null : 2 * bytes);
    ContainerSpec proxy =
        new ContainerSpec("mesh-proxy", REGISTRY + "mesh-proxy:2.4.1", 20, 200, 32 * MIB, 64 * MIB);
    return new PodTemplate(
        labels, Map.of(), kind % 6 == 5 ? List.of(main, proxy) : List.of(main), restart);
  }
}
