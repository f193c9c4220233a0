package io.muster.e2e.faults;

import io.muster.cli.local.QuestDbProcess;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Simulator, QuestDB, a relay before it, and the agent: processes of one test's own, each with its
 * own folder and free ports.
 */
final class Site implements AutoCloseable {
  /** All start at once, beside those of other tests. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  /** After a fault the agent may have minutes of rows to send. */
  private static final Duration QUIET_PATIENCE = Duration.ofMinutes(2);

  private final Plan plan;
  private final long beginNanos = System.nanoTime();
  private final List<AutoCloseable> programs = new ArrayList<>();
  private final Simulator simulator;
  private final QuestDbProcess questDb;
  private final Relay relay;
  private final Agent agent;

  /**
   * What to start.
   *
   * @param folder of all
   * @param questDbFolder elsewhere when its disk is to be another one
   * @param period of the samples: 10 s in life; time is compressed by shorter ones
   * @param intervalSeconds between two polls; shorter ones leave a busy machine no time to answer
   */
  record Plan(String name, Path folder, Path questDbFolder, Duration period, int intervalSeconds) {
    static Plan of(String name, Path folder) {
      return new Plan(name, folder, folder.resolve("questdb"), Duration.ofSeconds(2), 4);
    }

    Plan period(Duration other) {
      return new Plan(name, folder, questDbFolder, other, intervalSeconds);
    }

    Plan questDbIn(Path other) {
      return new Plan(name, folder, other, period, intervalSeconds);
    }
  }

  private Site(Plan plan) throws IOException {
    this.plan = plan;
    say("in " + plan.folder);
    try {
      simulator = started(Simulator.start(plan.folder.resolve("simulator"), plan.period));
      questDb = started(QuestDbProcess.start(plan.questDbFolder));
      relay = started(Relay.start(plan.folder.resolve("relay"), questDb.httpUrl()));
      var writing =
          Map.of(
              "QUESTDB_URL", relay.url(),
              "QUESTDB_USER", questDb.user(),
              "QUESTDB_PASSWORD", questDb.password().reveal());
      agent =
          started(
              Agent.start(
                  plan.folder.resolve("agent"),
                  simulator.cluster(),
                  plan.intervalSeconds,
                  writing));
    } catch (IOException | RuntimeException | AssertionError failed) {
      close();
      throw failed;
    }
  }

  /** Blocks until each object has a row. */
  static Site start(Plan plan) throws IOException {
    var site = new Site(plan);
    try {
      site.awaitRows();
      site.say("each object has a row");
    } catch (RuntimeException | AssertionError failed) {
      site.close();
      throw failed;
    }
    return site;
  }

  private <P extends AutoCloseable> P started(P program) {
    programs.addFirst(program);
    say(program.getClass().getSimpleName() + " is started");
    return program;
  }

  private void awaitRows() {
    var begin = Window.sinceUntilNow(0).to();
    Wait.until(
        START_PATIENCE,
        () -> "each object has a row; " + agent.lastWords(),
        () -> {
          var now = Window.sinceUntilNow(begin - plan.period.toSeconds());
          var produced = cluster().produced(now).keySet();
          return produced.size() > cluster().nodes().size() && rows(now).containsAll(produced);
        });
  }

  /** Objects with rows; none while there are no tables yet. */
  private Set<String> rows(Window window) {
    try {
      return Stored.read(questDb, cluster().name(), window).rows().keySet();
    } catch (IOException notYet) {
      return Set.of();
    }
  }

  /** Into the test's output, which is all that is seen of a machine far away. */
  void say(String what) {
    System.out.printf("%5.1f s  %s: %s%n", (System.nanoTime() - beginNanos) / 1e9, plan.name, what);
  }

  QuestDbProcess questDb() {
    return questDb;
  }

  Relay relay() {
    return relay;
  }

  Agent agent() {
    return agent;
  }

  Cluster cluster() {
    return simulator.cluster();
  }

  /** From now on every sample counts. */
  Watch watch() {
    return new Watch(this);
  }

  /** Blocks while a node measures so many times. */
  void letPass(int generations) {
    cluster().awaitGenerations(generations, plan.period);
  }

  /** Blocks until nothing waits in the agent, nor in QuestDB's log of what is to be applied. */
  void awaitQuiet() {
    Wait.until(
        QUIET_PATIENCE,
        () -> "nothing waits any more; the agent's state: " + agent.state(),
        () -> {
          var state = agent.state();
          return state != null
              && state.at("/writer/spoolBytes").asLong(1) == 0
              && state.at("/writer/rowsBuffered").asLong(1) == 0
              && isApplied();
        });
  }

  /**
   * What an operator does once QuestDB's disk has room again: until then a table that found none
   * takes rows, and shows none of them.
   */
  void resumeSuspendedTables() throws IOException {
    var suspended = questDb.execute("SELECT name FROM wal_tables() WHERE suspended");
    for (var table : Http.json(suspended).path("dataset")) {
      say("table " + table.path(0).asText() + " is suspended");
      questDb.execute("ALTER TABLE " + table.path(0).asText() + " RESUME WAL");
    }
  }

  private boolean isApplied() throws IOException {
    var answer =
        questDb.execute(
            "SELECT count() FROM wal_tables() WHERE suspended OR writerTxn < sequencerTxn");
    return Http.json(answer).at("/dataset/0/0").asLong(1) == 0;
  }

  @Override
  public void close() {
    for (var program : programs) {
      try {
        program.close();
      } catch (Exception failed) {
        throw new IllegalStateException("Cannot end " + program, failed);
      }
    }
  }
}
