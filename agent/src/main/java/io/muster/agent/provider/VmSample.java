package io.muster.agent.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM's numbers: {@code vm_metrics}.
 *
 * @param sampleSeconds length of the interval that ends at {@code ts}
 * @param cpuUsageRatio 0–1 of its own allotment
 * @param hostMemoryBytes what the host spends on it
 */
public record VmSample(
    Instant ts,
    String vmId,
    @Nullable Integer sampleSeconds,
    @Nullable Double cpuUsageRatio,
    @Nullable Double cpuCores,
    @Nullable Long memoryUsedBytes,
    @Nullable Long memoryTotalBytes,
    @Nullable MemorySource memorySource,
    @Nullable Long hostMemoryBytes,
    @Nullable Long diskUsedBytes,
    @Nullable Long diskTotalBytes,
    @Nullable Double diskReadBytesPerSecond,
    @Nullable Double diskWriteBytesPerSecond,
    @Nullable Double networkReceiveBytesPerSecond,
    @Nullable Double networkTransmitBytesPerSecond,
    @Nullable Long uptimeSeconds)
    implements Sample {}
