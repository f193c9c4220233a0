package io.muster.agent.kubernetes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of one kind that there are, and which of them changed. Guarded by its model. */
final class Kept<T> {
  private final Function<T, String> id;
  private Map<String, T> all = new HashMap<>();

  /** Those that changed, with what they were before; empty = they are new. */
  private final Map<String, Optional<T>> touched = new HashMap<>();

  /** What is listed first is told of by a snapshot. */
  private boolean listed;

  Kept(Function<T, String> id) {
    this.id = id;
  }

  void listed(List<T> list) {
    Map<String, T> now = HashMap.newHashMap(list.size());
    list.forEach(one -> now.put(id.apply(one), one));
    if (listed) {
      all.forEach((key, before) -> {
        if (!before.equals(now.get(key))) {
          touched.putIfAbsent(key, Optional.of(before));
        }
      });
      now.keySet().stream()
          .filter(key -> !all.containsKey(key))
          .forEach(key -> touched.putIfAbsent(key, Optional.empty()));
    }
    all = now;
    listed = true;
  }

  void seen(T one) {
    T before = all.put(id.apply(one), one);
    if (!one.equals(before)) {
      touched.putIfAbsent(id.apply(one), Optional.ofNullable(before));
    }
  }

  void deleted(T one) {
    T before = all.remove(id.apply(one));
    touched.putIfAbsent(id.apply(one), Optional.ofNullable(before));
  }

  @Nullable T get(String key) {
    return all.get(key);
  }

  Map<String, T> all() {
    return all;
  }

  boolean hasChanges() {
    return !touched.isEmpty();
  }

  Map<String, Optional<T>> takeChanges() {
    Map<String, Optional<T>> taken = new HashMap<>(touched);
    touched.clear();
    return taken;
  }
}
