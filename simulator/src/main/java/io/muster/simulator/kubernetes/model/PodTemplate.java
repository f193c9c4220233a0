package io.muster.simulator.kubernetes.model;

import java.util.List;
import java.util.Map;

/**
 * What pods are made after; shared by all that were.
 *
 * @param restartPolicy {@code Always}, {@code OnFailure} or {@code Never}
 */
public record PodTemplate(
    Map<String, String> labels,
    Map<String, String> annotations,
    List<ContainerSpec> containers,
    String restartPolicy) {
  public PodTemplate {
    containers = List.copyOf(containers);
  }
}
