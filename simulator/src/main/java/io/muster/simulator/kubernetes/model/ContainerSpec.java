package io.muster.simulator.kubernetes.model;

import org.jspecify.annotations.Nullable;

/**
 * A container as it is wished.
 *
 * @param cpuRequestMillis thousandths of a core; null: none is asked for
 * @param cpuLimitMillis null: none
 * @param memoryLimitBytes null: none
 */
public record ContainerSpec(
    String name,
    String image,
    @Nullable Integer cpuRequestMillis,
    @Nullable Integer cpuLimitMillis,
    @Nullable Long memoryRequestBytes,
    @Nullable Long memoryLimitBytes) {
  public ContainerSpec withImage(String value) {
    return new ContainerSpec(
        name, value, cpuRequestMillis, cpuLimitMillis, memoryRequestBytes, memoryLimitBytes);
  }
}
