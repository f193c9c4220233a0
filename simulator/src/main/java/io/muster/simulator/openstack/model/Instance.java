package io.muster.simulator.openstack.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine. Whoever checks its state and then changes it holds its monitor. */
public final class Instance {
  /** As many as a demo of a week has; the oldest are forgotten. */
  private static final int MOST_ACTIONS = 100;

  private final InstanceSpec spec;
  private volatile InstanceState state;
  private volatile List<InstanceAction> actions = List.of();

  public Instance(InstanceSpec spec, InstanceState state) {
    this.spec = spec;
    this.state = state;
  }

  public InstanceSpec spec() {
    return spec;
  }

  public String id() {
    return spec.id();
  }

  /** What it is now, all at one moment. */
  public InstanceState state() {
    return state;
  }

  /** Changes it. */
  public synchronized void change(Consumer<InstanceState.Draft> change) {
    InstanceState.Draft draft = state.change();
    change.accept(draft);
    state = draft.build();
  }

  /** What was done to it, the newest first. */
  public List<InstanceAction> actions() {
    return actions;
  }

  /** Notes that something is done to it. */
  public synchronized void begin(InstanceAction action) {
    List<InstanceAction> all = new ArrayList<>(actions);
    all.addFirst(action);
    actions = List.copyOf(all.subList(0, Math.min(all.size(), MOST_ACTIONS)));
  }

  /**
   * Notes that it is done.
   *
   * @param problem why it went wrong, or null
   */
  public synchronized void finish(String requestId, Instant now, @Nullable String problem) {
    actions =
        actions.stream()
            .map(action ->
                action.requestId().equals(requestId) ? action.finished(now, problem) : action)
            .toList();
  }
}
