package io.muster.simulator.proxmox.faults;

import io.muster.simulator.proxmox.api.ApiException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The faults of one cluster. Of several that fit a request, the oldest befalls it. */
public final class Faults {
  private final Effects effects;
  private final ScheduledExecutorService timer;
  private final InstantSource clock = InstantSource.system();
  private final List<ActiveFault> active = new CopyOnWriteArrayList<>();
  private long lastId;

  /**
   * Nothing is wrong yet.
   *
   * @param timer ends what ends by itself
   */
  public Faults(Effects effects, ScheduledExecutorService timer) {
    this.effects = effects;
    this.timer = timer;
  }

  /** Puts a fault in; answers its number. */
  public synchronized long add(FaultOrder order) {
    ActiveFault fault = new ActiveFault(++lastId, order, clock.instant());
    if (order.fault() instanceof Fault.Once once) {
      effects.happen(once, order);
      return fault.id();
    }
    if (order.fault() instanceof Fault.Lasting lasting) {
      effects.check(lasting);
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
    for (ActiveFault fault : active) {
      if (fault.id() == id) {
        end(fault);
        return;
      }
    }
    throw new IllegalArgumentException(
        "No fault " + id + ": there are " + active.stream().map(ActiveFault::id).toList());
  }

  /** Takes all faults out. */
  public synchronized void removeAll() {
    active.forEach(this::end);
  }

  private synchronized void end(ActiveFault fault) {
    if (active.remove(fault)) {
      hold();
      fault.end();
    }
  }

  private void hold() {
    List<Effects.Held> lasting = new ArrayList<>();
    for (ActiveFault fault : active) {
      if (fault.order().fault() instanceof Fault.Lasting kind) {
        lasting.add(new Effects.Held(kind, fault.order()));
      }
    }
    effects.hold(lasting);
  }

  /** Each as it was asked for, with {@code id} and what is left of it; the oldest first. */
  public List<Map<String, Object>> list() {
    return active.stream().map(fault -> fault.describe(clock.instant())).toList();
  }

  /** The fault that befalls a request which the node itself got, or null. */
  public @Nullable ActiveFault of(String node, String path) {
    for (ActiveFault fault : active) {
      boolean befalls =
          switch (fault.order().fault()) {
            case Fault.Peer _, Fault.Lasting _, Fault.Once _ -> false;
            case Fault.OfRequests _ -> true;
          };
      if (befalls && fault.takes(node, path)) {
        return fault;
      }
    }
    return null;
  }

  /**
   * Takes a request from one node to another, or throws what the first answers instead. Blocks
   * while the other does not answer.
   *
   * @param patience how long the first waits
   */
  public void forward(String target, String path, Duration patience) throws ApiException {
    for (ActiveFault fault : active) {
      if (fault.order().fault() instanceof Fault.OfRequests && fault.takes(target, path)) {
        fault.meetThroughPeer(patience);
        return;
      }
    }
  }
}
