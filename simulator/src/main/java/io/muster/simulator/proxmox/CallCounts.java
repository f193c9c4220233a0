package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.api.Handler;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each method was carried out. Thread-safe. */
final class CallCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * The handler, counted.
   *
   * @param method with its path's template, such as {@code GET /nodes/{node}/status}
   */
  Handler counting(String method, Handler handler) {
    LongAdder count = counts.computeIfAbsent(method, key -> new LongAdder());
    return call -> {
      count.increment();
      return handler.handle(call);
    };
  }

  /** By method; those never called are left out. */
  Map<String, Long> soFar() {
    Map<String, Long> calls = new TreeMap<>();
    counts.forEach((method, count) -> {
      if (count.sum() > 0) {
        calls.put(method, count.sum());
      }
    });
    return calls;
  }
}
