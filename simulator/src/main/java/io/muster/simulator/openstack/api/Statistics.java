package io.muster.simulator.openstack.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what was called. */
final class Statistics {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  void count(String method, String path) {
    calls.computeIfAbsent(method + " " + path, _ -> new LongAdder()).increment();
  }

  Map<String, Long> calls() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((pattern, count) -> counts.put(pattern, count.sum()));
    return counts;
  }
}
