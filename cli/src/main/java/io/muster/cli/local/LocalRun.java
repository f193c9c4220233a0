package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One start of programs in one state folder, from taking the folder to the end of the last program.
 */
final class LocalRun implements AutoCloseable {
  private static final Duration LOOK_PAUSE = Duration.ofMillis(200);
  private static final int LAST_LINES_OF_A_DEAD_PROGRAM = 20;

  /** Between finding a port free and QuestDB's taking it, another program may: not three times. */
  private static final int PORT_ATTEMPTS = 3;

  private final LocalOptions options;
  private final Screen screen;
  private final StateFolder state;
  private final Fleet fleet;
  private final Ports ports;
  private final Credentials credentials;

  private LocalRun(LocalOptions options, Screen screen, StateFolder state) throws IOException {
    this.options = options;
    this.screen = screen;
    this.state = state;
    var records = new ProcessRecords(state.path().resolve("processes.json"));
    records.endLeftovers(screen::line);
    Orphans.endFirst(this::sayEnding);
    fleet = new Fleet(records);
    Orphans.endFirst(state::close);
    ports = new Ports(options.bindAddress(), screen::line);
    credentials = Credentials.in(state.path(), screen::line);
  }

  /** Takes the state folder and ends what a killed launcher left there. */
  static LocalRun open(Installation installation, LocalOptions options, Screen screen)
      throws IOException {
    return new LocalRun(
        options, screen, StateFolder.take(installation.stateFolder(options.name())));
  }

  LocalOptions options() {
    return options;
  }

  StateFolder state() {
    return state;
  }

  Ports ports() {
    return ports;
  }

  Credentials credentials() {
    return credentials;
  }

  void say(String line) {
    screen.line(line);
  }

  /** Made at random at the first start, the same ever after. */
  Secret password(String of) throws IOException {
    return credentials.password(of);
  }

  QuestDbProcess startQuestDb() throws IOException {
    screen.line("Starting QuestDB …");
    var begin = System.nanoTime();
    for (var attempt = 1; ; attempt++) {
      try {
        var questDb = QuestDbProcess.start(questDbSettings(), fleet::add);
        sayReady("QuestDB", begin);
        return questDb;
      } catch (StartException failed) {
        if (attempt == PORT_ATTEMPTS || !QuestDbProcess.lostItsPort(failed)) {
          throw failed;
        }
        fleet.forgetDead();
        screen.line("  another program took a port of QuestDB's meanwhile; trying others …");
      }
    }
  }

  private QuestDbSettings questDbSettings() throws IOException {
    return new QuestDbSettings(
        state.data("questdb"),
        state.log("questdb"),
        options.bindAddress(),
        ports.choose(options.questdbPort(), "QuestDB's HTTP"),
        ports.choose(options.questdbPgPort(), "QuestDB's PostgreSQL wire"),
        "admin",
        credentials.password("questdb-admin"),
        "reader",
        credentials.password("questdb-reader"),
        QuestDbSettings.DEFAULT_HEAP_MEGABYTES);
  }

  /** Starts it and waits until {@code ready}. */
  ManagedProcess start(ProcessSpec spec, Duration patience, String what, BooleanSupplier ready) {
    var begin = System.nanoTime();
    var process = begin(spec);
    Readiness.await(process, patience, what, ready);
    sayReady(spec.name(), begin);
    return process;
  }

  /** Starts it and does not wait. */
  ManagedProcess begin(ProcessSpec spec) {
    screen.line("Starting " + spec.name() + " …");
    return fleet.start(spec);
  }

  /** Waits for one that was begun. */
  void await(ManagedProcess process, Duration patience, String what, BooleanSupplier ready) {
    Readiness.await(process, patience, what, ready);
    screen.line("  " + process.name() + " is ready");
  }

  ProcessSpec spec(
      String name,
      String program,
      List<String> command,
      Map<String, String> environment,
      List<String> leftOut)
      throws IOException {
    return new ProcessSpec(
        name, command, environment, leftOut, state.data(program), state.log(program));
  }

  /** What starts the programs and gives the status line to show from then on. */
  interface Startup {
    LiveStatus startAll() throws IOException;
  }

  /**
   * Starts all, then shows the status until a program dies; says which, with its last lines.
   * Blocks.
   *
   * @return the exit code 1
   * @throws StartException when a program does not become ready
   */
  int untilTheEnd(Startup startup) throws IOException, InterruptedException {
    try {
      follow(startup.startAll());
      return 1;
    } catch (RuntimeException | IOException failed) {
      // A signal is ending everything: what fails now fails because of it.
      if (fleet.isEnded()) {
        return 1;
      }
      throw failed;
    }
  }

  private void follow(LiveStatus status) throws InterruptedException {
    var dead = fleet.dead();
    while (dead.isEmpty()) {
      status.refresh();
      Thread.sleep(LOOK_PAUSE);
      dead = fleet.dead();
    }
    screen.line(
        "%s ended with exit code %d.%s\nEnding the others …"
            .formatted(
                dead.get(),
                dead.get().exitCode(),
                LogTail.of(dead.get(), LAST_LINES_OF_A_DEAD_PROGRAM)));
  }

  @Override
  public void close() {
    fleet.end();
    state.close();
  }

  /** Also gives the shell's prompt a line of its own, after the status line. */
  private void sayEnding() {
    if (!fleet.isEnded()) {
      screen.line("Ending …");
    }
  }

  private void sayReady(String name, long begin) {
    screen.line("  %s is ready (%.1f s)".formatted(name, (System.nanoTime() - begin) / 1e9));
  }
}
