package io.muster.cli.bench;

import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Measures the packaged programs on this machine and prints one table; nothing passes or fails. */
public final class BenchRun {
  /** The parts, in the order in which they run. */
  public enum Part {
    START,
    SMALL,
    LARGE,
    KUBERNETES,
    OPENSTACK,
    REPLAY,
    CONTROL
  }

  private static final Size SMALL =
      new Size(1, 5, 170, Duration.ofSeconds(150), Duration.ofMinutes(2));

  private static final Size LARGE =
      new Size(20, 500, 5_000, Duration.ofSeconds(90), Duration.ofMinutes(3));

  private final Installation installation;
  private final Screen screen;

  public BenchRun(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  /** Blocks for about half an hour when all parts are wanted. */
  public void run(Set<Part> parts) throws IOException, InterruptedException {
    var report = new Report(screen);
    var state = installation.stateFolder("bench");
    // Keys of 500 nodes are kept from one run to the next; rows are not.
    removeRows(state);
    report.note("java %s, %d processors".formatted(Runtime.version(), cores()));
    report.note("agent: " + String.join(" ", ProgramJvm.agent(installation).coldCommand("run")));
    if (parts.contains(Part.START)) {
      try (var site = Site.start(installation, state.resolve("start"), SMALL)) {
        new StartTimes(report, ProgramJvm.agent(installation), site::startAgent)
            .measure("agent", "≤ 1 s");
      }
    }
    var load = new Load(installation, report);
    if (parts.contains(Part.SMALL)) {
      load.measure(state.resolve("small"), SMALL, new Load.Aims(150, 0.5, 11));
    }
    if (parts.contains(Part.LARGE)) {
      load.measure(state.resolve("large"), LARGE, new Load.Aims(512, 0.5, 11));
    }
    if (parts.contains(Part.KUBERNETES)) {
      new Pods(installation, report).measure(state.resolve("kubernetes"));
    }
    if (parts.contains(Part.OPENSTACK)) {
      new Clouds(installation, report).measure(state.resolve("openstack"));
    }
    if (parts.contains(Part.REPLAY)) {
      new Replay(installation, report).measure(state.resolve("replay"));
    }
    if (parts.contains(Part.CONTROL)) {
      new ControlLoad(installation, report).measure(state.resolve("control"));
    }
    removeRows(state);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void removeRows(Path state) throws IOException {
    if (!Files.exists(state)) {
      return;
    }
    try (var files = Files.walk(state)) {
      for (var file : files.toList().reversed()) {
        if (!file.equals(state) && !isKept(state.relativize(file))) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isKept(Path file) {
    return file.getNameCount() == 1 || file.getName(1).toString().equals("simulator");
  }
}
