package io.muster.simulator.faults;

import io.muster.simulator.faults.Effects.Nature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults of one cluster. Of several that fit a request, the oldest befalls it. */
public final class Board<F> {
  private final Effects<F> effects;
  private final ScheduledExecutorService timer;
  private final InstantSource clock = InstantSource.system();
  private final List<Active<F>> active = new CopyOnWriteArrayList<>();
  private long lastId;

  /**
   * Nothing is wrong yet.
   *
   * @param timer ends what ends by itself
   */
  public Board(Effects<F> effects, ScheduledExecutorService timer) {
    this.effects = effects;
    this.timer = timer;
  }

  /** Puts a fault in; answers its number. */
  public synchronized long add(Order<F> order) {
    Active<F> fault = new Active<>(++lastId, order, clock.instant());
    Nature nature = effects.nature(order.fault());
    if (nature == Nature.ONCE) {
      effects.happen(order);
      return fault.id();
    }
    if (nature == Nature.LASTING) {
      effects.check(order.fault());
    }
    active.add(fault);
    hold();
    Duration length = order.length();
    if (length != null) {
      Future<?> _ = timer.schedule(() -> end(fault), length.toMillis(), TimeUnit.MILLISECONDS);
    }
    return fault.id();
  }

  /** Takes a fault out. */
  public synchronized void remove(long id) {
    for (Active<F> fault : active) {
      if (fault.id() == id) {
        end(fault);
        return;
      }
    }
    throw new IllegalArgumentException(
        "No fault " + id + ": there are " + active.stream().map(Active::id).toList());
  }

  /** Takes all faults out. */
  public synchronized void removeAll() {
    active.forEach(this::end);
  }

  private synchronized void end(Active<F> fault) {
    if (active.remove(fault)) {
      hold();
      fault.end();
    }
  }

  private void hold() {
    effects.hold(
        active.stream()
            .map(Active::order)
            .filter(order -> effects.nature(order.fault()) == Nature.LASTING)
            .toList());
  }

  /** Each as it was asked for, with {@code id} and what is left of it; the oldest first. */
  public List<Map<String, Object>> list() {
    return active.stream().map(fault -> fault.describe(clock.instant())).toList();
  }

  /** The fault that befalls a request, or null. */
  public @Nullable Active<F> of(String target, String path, Predicate<F> which) {
    for (Active<F> fault : active) {
      if (effects.nature(fault.order().fault()) == Nature.OF_REQUESTS
          && which.test(fault.order().fault())
          && fault.takes(target, path)) {
        return fault;
      }
    }
    return null;
  }
}
