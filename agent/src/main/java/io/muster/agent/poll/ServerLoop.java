package io.muster.agent.poll;

import io.muster.agent.inventory.Maintained;
import io.muster.agent.metrics.BreakerState;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.Tick;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Polls one server, tick after tick, on a virtual thread of its own. */
final class ServerLoop {
  /** A look is a call or two: no other entry waits longer for it. */
  static final Duration LOOK_PATIENCE = Duration.ofSeconds(5);

  /** A poll under way when the loop is told to stop may still end and leave its row. */
  static final Duration STOP_PATIENCE = Duration.ofMillis(1500);

  private static final Logger LOG = LoggerFactory.getLogger(ServerLoop.class);

  private final Server server;
  private final Supplier<Provider> driver;
  private final Surroundings around;
  private final @Nullable ServerLoop predecessor;
  private final ServerMemory memory;
  private final Thread thread;

  private volatile Provider provider;
  private volatile boolean stopping;

  /** What it does at present: one that is only looked at has nothing to tell between polls. */
  private volatile boolean polled;

  private volatile @Nullable Lifecycle farewell;
  private @Nullable Instant lastTick;

  /**
   * @param provider its first driver
   * @param driver makes another one in place of one that hangs
   * @param predecessor the loop that this one takes over from, once it has ended; null = none
   */
  ServerLoop(
      Server server,
      Provider provider,
      Supplier<Provider> driver,
      Surroundings around,
      @Nullable ServerLoop predecessor) {
    this.server = server;
    this.provider = provider;
    this.driver = driver;
    this.around = around;
    this.predecessor = predecessor;
    memory = new ServerMemory(server, around);
    if (predecessor != null && isSameBehind(predecessor.server, server)) {
      memory.inherit(predecessor.status());
    }
    follow(provider);
    thread = Thread.ofVirtual().name("server " + server.entry().name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Says what the server is without waiting for its next tick. From any thread. */
  void announce() {
    if (!stopping) {
      memory.state(around.clock().now(), Lifecycle.ACTIVE);
    }
  }

  /** Takes when it is maintained, and says so when that is new. */
  void maintain(Maintained periods) {
    if (!memory.maintained().equals(periods)) {
      memory.maintain(periods);
      announce();
    }
  }

  /** Says it when a maintenance has ended. */
  void endMaintenance() {
    maintain(memory.maintained().after(around.clock().now()));
  }

  /** Whether two entries differ only in what people call them and how often they are asked. */
  private static boolean isSameBehind(Server before, Server now) {
    return switch (before) {
      case ProxmoxServer old ->
          new ProxmoxServer(
                  now.entry(),
                  old.urls(),
                  old.nodeAddresses(),
                  old.token(),
                  old.actionToken(),
                  old.tls())
              .equals(now);
      case KubernetesServer old ->
          new KubernetesServer(now.entry(), old.access(), old.namespace(), old.tls(), old.kubelet())
              .equals(now);
      case OpenStackServer old ->
          new OpenStackServer(now.entry(), old.authUrl(), old.region(), old.credential(), old.tls())
              .equals(now);
    };
  }

  /** Records what the driver sees between polls, for as long as it is the one that is polled. */
  private void follow(Provider followed) {
    followed.listen(changes -> {
      if (polled && !stopping && followed.equals(provider)) {
        memory.record(changes);
      }
    });
  }

  ServerStatus status() {
    return memory.status();
  }

  /**
   * Tells the loop to end. A poll under way may still end and leave its row.
   *
   * @param lastState what the server is from now on; null = the agent stops, or another loop goes
   *     on
   */
  void stop(@Nullable Lifecycle lastState) {
    farewell = lastState;
    stopping = true;
    thread.interrupt();
    if (lastState != null) {
      memory.state(around.clock().now(), lastState);
    }
  }

  /** Returns whether the loop has ended within {@code patience}. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  private void run() {
    MDC.put("site", around.settings().site());
    MDC.put("server", server.entry().name());
    MDC.put("operation", "poll");
    try {
      ServerLoop before = predecessor;
      if (before != null) {
        before.thread.join();
        lastTick = before.lastTick;
      }
      introduce();
      Schedule schedule = Schedule.of(server.entry().id(), memory.interval());
      Pacer pacer = new Pacer(schedule, around.clock(), lastTick);
      while (!stopping) {
        visit(pacer.await());
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    } finally {
      end();
    }
  }

  /** Before the first poll: whether another entry is the same server must be known by then. */
  private void introduce() throws InterruptedException {
    around.duplicates().enter(id());
    if (around.duplicates().mustLook(id())) {
      withPermit(() -> takeIdentity(ask(Attempt.Depth.LOOK, around.clock().now(), patience())));
      around.duplicates().awaitThoseBefore(id(), patience());
    }
  }

  /** A look is a call or two. */
  private Duration patience() {
    Duration allowed = memory.status().timeout();
    return allowed.compareTo(LOOK_PATIENCE) < 0 ? allowed : LOOK_PATIENCE;
  }

  private void end() {
    polled = false;
    provider.close();
    around.duplicates().left(id());
    around.listener().gone(server);
    Lifecycle last = farewell;
    if (last != null) {
      memory.state(around.clock().now(), last);
    }
  }

  private void visit(Pacer.Turn turn) throws InterruptedException {
    lastTick = turn.tick();
    try {
      if (memory.begin(turn)) {
        withPermit(() -> attempt(turn.tick()));
      }
      if (!stopping) {
        memory.state(turn.tick(), Lifecycle.ACTIVE);
      }
    } catch (RuntimeException e) {
      memory.brokeInside(e);
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void withPermit(Work work) throws InterruptedException {
    // Who finds no room for a whole interval has missed its tick; the pacer counts it.
    if (!around.permits().tryAcquire(memory.interval().toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    try {
      work.run();
    } finally {
      around.permits().release();
    }
  }

  private void attempt(Instant tick) throws InterruptedException {
    Duration allowed = memory.status().timeout();
    Duplicates duplicates = around.duplicates();
    if (duplicates.mustLook(id())) {
      Outcome look = ask(Attempt.Depth.LOOK, tick, allowed);
      if (!(look instanceof Outcome.Looked)) {
        take(tick, allowed, look);
        return;
      }
      takeIdentity(look);
    }
    try {
      Duplicates.Role role = duplicates.roleOf(id());
      memory.play(role);
      take(tick, allowed, play(role, tick, allowed));
    } finally {
      duplicates.ended(id());
    }
  }

  private Outcome play(Duplicates.Role role, Instant tick, Duration allowed)
      throws InterruptedException {
    polled = role instanceof Duplicates.Role.Polled;
    return switch (role) {
      case Duplicates.Role.Polled polled -> {
        polled.elsewhere().forEach(provider::resumeFrom);
        yield ask(Attempt.Depth.POLL, tick, allowed);
      }
      case Duplicates.Role.Duplicate _, Duplicates.Role.Replaced _ ->
          ask(Attempt.Depth.LOOK, tick, allowed);
    };
  }

  private void take(Instant tick, Duration allowed, Outcome outcome) {
    memory.record(tick, allowed, outcome);
    takeIdentity(outcome);
    if (outcome instanceof Outcome.Answered) {
      around.duplicates().polled(id(), provider.coverage());
    }
  }

  private void takeIdentity(Outcome outcome) {
    Duplicates duplicates = around.duplicates();
    switch (outcome) {
      case Outcome.Answered _ -> duplicates.read(id(), provider.identity());
      case Outcome.Looked looked -> duplicates.read(id(), looked.look().identity());
      case Outcome.Failed _, Outcome.Bug _ ->
          duplicates.failed(id(), memory.status().breaker() != BreakerState.CLOSED);
    }
  }

  private Outcome ask(Attempt.Depth depth, Instant tick, Duration allowed)
      throws InterruptedException {
    Attempt attempt =
        Attempt.start(
            provider,
            depth,
            new Tick(tick, memory.interval(), Deadline.after(allowed)),
            allowed,
            server.entry().name());
    Outcome outcome;
    try {
      outcome = attempt.await();
    } catch (InterruptedException e) {
      Outcome late = attempt.finish(STOP_PATIENCE);
      if (late != null && tick.equals(lastTick)) {
        take(tick, allowed, late);
      }
      throw e;
    }
    if (attempt.stuck()) {
      LOG.error("{}: its driver hangs and is replaced", server.entry().name());
      provider.close();
      provider = driver.get();
      follow(provider);
    }
    return outcome;
  }

  private ServerId id() {
    return server.entry().id();
  }
}
