package io.muster.agent.poll;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.inventory.Maintained;
import io.muster.agent.metrics.AgentSample;
import io.muster.agent.metrics.Recorder;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls every server of the inventory, each on its own virtual thread, and follows its changes. */
public final class Poller implements AutoCloseable {
  /** {@code agent_metrics} and the heart-beats of servers that aren't polled. */
  static final Duration HOUSEKEEPING_INTERVAL = Duration.ofSeconds(10);

  /** The whole agent ends within 5 s of a SIGTERM: this is the polls' part of it. */
  static final Duration CLOSE_PATIENCE = ServerLoop.STOP_PATIENCE.plusMillis(1000);

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final InventorySource source;
  private final ProviderFactory factory;
  private final Surroundings around;
  private final Thread housekeeper;

  /** In the inventory's order. Guarded by this. */
  private Map<ServerId, Member> members = new LinkedHashMap<>();

  private boolean following;
  private boolean closed;

  public Poller(
      InventorySource source,
      ProviderFactory factory,
      Recorder recorder,
      PollListener listener,
      PollSettings settings) {
    this(source, factory, recorder, listener, settings, PollClock.SYSTEM);
  }

  Poller(
      InventorySource source,
      ProviderFactory factory,
      Recorder recorder,
      PollListener listener,
      PollSettings settings,
      PollClock clock) {
    this.source = source;
    this.factory = factory;
    this.around =
        new Surroundings(
            settings,
            recorder,
            listener,
            clock,
            new Semaphore(PollSettings.MAX_CONCURRENT_POLLS),
            new LagMeter(),
            new Duplicates());
    housekeeper = Thread.ofVirtual().name("housekeeper").unstarted(this::keepHouse);
  }

  /** Begins to poll, and to follow the inventory. Without one, nothing is known to be gone. */
  public void start() {
    source.onChange(this::apply);
    Inventory current = source.current();
    if (current != null) {
      apply(current);
    }
    synchronized (this) {
      following = true;
    }
    housekeeper.start();
  }

  /** Of every server of the inventory, in its order. */
  public synchronized List<ServerStatus> statuses() {
    return members.values().stream().map(Member::status).toList();
  }

  /** Lets polls under way end for a moment, cuts off the rest; blocks at most 2.5 s. */
  @Override
  public void close() {
    List<ServerLoop> loops = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      for (Member member : members.values()) {
        if (member.loop() != null) {
          member.loop().stop(null);
          loops.add(member.loop());
        }
      }
    }
    housekeeper.interrupt();
    Deadline deadline = Deadline.after(CLOSE_PATIENCE);
    try {
      for (ServerLoop loop : loops) {
        if (!loop.awaitEnd(deadline.remaining())) {
          LOG.warn("{}: its poll did not end in time", loop.status().server().entry().name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void apply(Inventory inventory) {
    if (closed) {
      return;
    }
    around
        .duplicates()
        .seat(inventory.servers().stream().filter(server -> server.entry().enabled()).toList());
    Map<ServerId, Member> next = new LinkedHashMap<>();
    for (Server server : inventory.servers()) {
      Member before = members.remove(server.entry().id());
      Member member =
          before != null && before.server().equals(server) ? before : admit(server, before);
      next.put(server.entry().id(), member);
      tell(
          member,
          inventory.maintenanceOf(server.entry().id()),
          following && !member.equals(before));
    }
    members.values().forEach(this::dismiss);
    members = next;
    around.recorder().inventory(Set.copyOf(next.keySet()), around.clock().now());
  }

  /** A person who changed the inventory sees it at once, not at the server's next tick. */
  private void tell(Member member, Maintained periods, boolean changed) {
    if (member.loop() != null) {
      member.loop().maintain(periods);
      if (changed) {
        member.loop().announce();
      }
    } else if (changed) {
      member.record(around, around.clock().now(), Lifecycle.DISABLED);
    }
  }

  private Member admit(Server server, @Nullable Member before) {
    Optional<Provider> driver = driverOf(server);
    ServerLoop predecessor = before == null ? null : before.loop();
    if (driver.isEmpty() || !server.entry().enabled()) {
      ServerStatus.Condition condition =
          driver.isEmpty() ? ServerStatus.Condition.NO_DRIVER : ServerStatus.Condition.DISABLED;
      driver.ifPresent(Provider::close);
      if (predecessor != null) {
        predecessor.stop(Lifecycle.DISABLED);
      }
      sayUnpolled(server, condition);
      return new Member(server, condition, null);
    }
    LOG.info(
        "{} is polled every {} s{}",
        server.entry().name(),
        around.settings().intervalOf(server).toMillis() / 1000.0,
        before == null ? "" : ", its entry has changed");
    if (predecessor != null) {
      predecessor.stop(null);
    }
    ServerLoop loop =
        new ServerLoop(
            server, driver.get(), () -> driverOf(server).orElseThrow(), around, predecessor);
    loop.start();
    return new Member(server, ServerStatus.Condition.POLLED, loop);
  }

  private void dismiss(Member member) {
    LOG.info("{} is no longer in the inventory", member.server().entry().name());
    if (member.loop() != null) {
      member.loop().stop(Lifecycle.REMOVED);
    } else {
      member.record(around, around.clock().now(), Lifecycle.REMOVED);
    }
  }

  private Optional<Provider> driverOf(Server server) {
    try {
      return factory.create(server);
    } catch (RuntimeException e) {
      return Optional.of(new UnusableProvider(e));
    }
  }

  private static void sayUnpolled(Server server, ServerStatus.Condition condition) {
    switch (condition) {
      case NO_DRIVER ->
          LOG.warn("{}: {}", server.entry().name(), ProviderFactory.noDriver(server.kind()));
      case DISABLED -> LOG.info("{} is disabled and not polled", server.entry().name());
      case POLLED -> {}
    }
  }

  private void keepHouse() {
    Pacer pacer =
        new Pacer(new Schedule(HOUSEKEEPING_INTERVAL, Duration.ZERO), around.clock(), null);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        keepHouse(pacer.await().tick());
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private synchronized void keepHouse(Instant tick) {
    for (Member member : members.values()) {
      if (member.loop() == null) {
        member.record(around, tick, Lifecycle.DISABLED);
      } else {
        member.loop().endMaintenance();
      }
    }
    around
        .recorder()
        .agent(
            new AgentSample(
                tick, around.settings().agentVersion(), members.size(), around.lag().drain()));
  }
}
