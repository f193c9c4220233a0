package io.muster.agent.proxmox;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of {@code /cluster/metrics/export}; the constants' names are its words. */
enum Metric {
  UPTIME,
  CPU_CURRENT,
  CPU_MAX,
  CPU_AVG1,
  CPU_AVG5,
  CPU_AVG15,
  CPU_IOWAIT,
  MEM_USED,
  MEM_TOTAL,
  SWAP_USED,
  SWAP_TOTAL,
  DISK_USED,
  DISK_TOTAL,
  DISK_READ,
  DISK_WRITE,
  NET_IN,
  NET_OUT;

  private static final Map<String, Metric> BY_WORD =
      Stream.of(values()).collect(Collectors.toMap(Metric::word, Function.identity()));

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null for a metric of a later version. */
  static @Nullable Metric of(String word) {
    return BY_WORD.get(word);
  }
}
