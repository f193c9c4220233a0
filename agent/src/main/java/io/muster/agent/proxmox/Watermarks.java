package io.muster.agent.proxmox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest time of measurement taken from each node, on the node's own clock. */
interface Watermarks {
  /** Epoch second; null when nothing was taken yet. */
  @Nullable Long of(String node);

  void advance(String node, long epochSecond);

  /** Forgotten with the process. */
  static Watermarks inMemory() {
    Map<String, Long> newest = new ConcurrentHashMap<>();
    return new Watermarks() {
      @Override
      public @Nullable Long of(String node) {
        return newest.get(node);
      }

      @Override
      public void advance(String node, long epochSecond) {
        newest.merge(node, epochSecond, Math::max);
      }
    };
  }
}
