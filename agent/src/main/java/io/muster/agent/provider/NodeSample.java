package io.muster.agent.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node's numbers: {@code node_metrics}. Ratios are 0–1.
 *
 * @param sampleSeconds length of the interval that ends at {@code ts}
 * @param diskUsedBytes of the root file system
 */
public record NodeSample(
    Instant ts,
    String node,
    @Nullable Integer sampleSeconds,
    @Nullable Double cpuUsageRatio,
    @Nullable Double cpuCores,
    @Nullable Double load1,
    @Nullable Double load5,
    @Nullable Double load15,
    @Nullable Double iowaitRatio,
    @Nullable Long memoryUsedBytes,
    @Nullable Long memoryTotalBytes,
    @Nullable Long swapUsedBytes,
    @Nullable Long swapTotalBytes,
    @Nullable Long diskUsedBytes,
    @Nullable Long diskTotalBytes,
    @Nullable Double networkReceiveBytesPerSecond,
    @Nullable Double networkTransmitBytesPerSecond,
    @Nullable Double pressureCpuRatio,
    @Nullable Double pressureMemoryRatio,
    @Nullable Double pressureIoRatio,
    @Nullable Long zfsArcBytes,
    @Nullable Long uptimeSeconds,
    @Nullable Double vcpusAllocated,
    @Nullable Long memoryAllocatedBytes)
    implements Sample {}
