package io.muster.simulator.kubernetes.api;

import io.muster.simulator.http.Request;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How often what was called. */
final class Statistics {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  void count(Request request, @Nullable ResourcePath path) {
    String pattern = path == null ? request.path() : path.pattern();
    String verb = request.flag("watch") ? "WATCH" : request.method();
    calls.computeIfAbsent(verb + " " + pattern, _ -> new LongAdder()).increment();
  }

  Map<String, Long> calls() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((pattern, count) -> counts.put(pattern, count.sum()));
    return counts;
  }
}
