package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of one of its guests: {@code servers/{id}/diagnostics} at 2.1, as libvirt
 * counts; other drivers have other words, which are not read. Null = not told.
 *
 * @param at when it was read
 * @param cores as many as have a counter
 * @param cpuNanos that all cores have run
 * @param memoryUsedBytes by the guest; it needs a balloon driver
 * @param hostMemoryBytes what the host spends on it
 */
record Usage(
    Instant at,
    @Nullable Integer cores,
    @Nullable Long cpuNanos,
    @Nullable Long memoryTotalBytes,
    @Nullable Long memoryUsedBytes,
    @Nullable Long hostMemoryBytes,
    @Nullable Long readBytes,
    @Nullable Long writtenBytes,
    @Nullable Long receivedBytes,
    @Nullable Long transmittedBytes) {
  private static final Pattern CPU = Pattern.compile("cpu\\d+_time");

  /** Errors of a device are -1 where they are not counted, never its bytes. */
  private static final Pattern READ = Pattern.compile("(?!memory).+_read");

  private static final Pattern WRITE = Pattern.compile("(?!memory).+_write");
  private static final Pattern RECEIVED = Pattern.compile(".+_rx");
  private static final Pattern TRANSMITTED = Pattern.compile(".+_tx");

  static Usage read(JsonNode map, Instant at) {
    Sum cpu = sum(map, CPU);
    return new Usage(
        at,
        cpu.count == 0 ? null : Integer.valueOf(cpu.count),
        cpu.total(),
        Units.kib(number(map, "memory")),
        used(map),
        Units.kib(number(map, "memory-rss")),
        sum(map, READ).total(),
        sum(map, WRITE).total(),
        sum(map, RECEIVED).total(),
        sum(map, TRANSMITTED).total());
  }

  /** Whether it tells anything of what the guest does. */
  boolean isTelling() {
    return cpuNanos != null || memoryUsedBytes != null || receivedBytes != null;
  }

  private static @Nullable Long used(JsonNode map) {
    Long available = number(map, "memory-available");
    Long unused = number(map, "memory-unused");
    Long free = unused == null ? number(map, "memory-usable") : unused;
    return available == null || free == null || free > available
        ? null
        : Units.kib(available - free);
  }

  private static @Nullable Long number(JsonNode map, String key) {
    JsonNode value = map.path(key);
    return value.isIntegralNumber() && value.asLong() >= 0 ? value.asLong() : null;
  }

  private static final class Sum {
    private int count;
    private long sum;

    @Nullable Long total() {
      return count == 0 ? null : Long.valueOf(sum);
    }
  }

  private static Sum sum(JsonNode map, Pattern keys) {
    Sum sum = new Sum();
    for (Map.Entry<String, JsonNode> field : map.properties()) {
      JsonNode value = field.getValue();
      if (value.isIntegralNumber()
          && value.asLong() >= 0
          && keys.matcher(field.getKey()).matches()) {
        sum.count++;
        sum.sum += value.asLong();
      }
    }
    return sum;
  }
}
