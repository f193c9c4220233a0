package io.muster.cli.bench;

import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import io.muster.cli.local.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the start of a program's process to its first answer that it is ready. */
final class StartTimes {
  private static final int STARTS = 5;

  /** It does all that a first minute needs. */
  private static final Duration TRAINING = Duration.ofSeconds(25);

  /** At its end the JVM starts another one, which writes the cache. */
  private static final Duration CACHE_PATIENCE = Duration.ofMinutes(2);

  private static final Duration START_PATIENCE = Duration.ofMinutes(1);

  private final Report report;
  private final ProgramJvm jvm;
  private final Starter starter;

  /** Starts the program, and waits for nothing. */
  interface Starter {
    Running start(List<String> command) throws IOException;
  }

  StartTimes(Report report, ProgramJvm jvm, Starter starter) {
    this.report = report;
    this.jvm = jvm;
    this.starter = starter;
  }

  /** {@code aim} is that of a start with a cache. */
  void measure(String program, String aim) throws IOException, InterruptedException {
    report.heading("start of the %s, %d starts each".formatted(program, STARTS));
    line("ready, without a cache", jvm.coldCommand("run"), "");
    train();
    line("ready, with an AOT cache", jvm.command("run"), aim);
    report.note(
        "The cache stays at %s (%d MB): ./muster demo and ./muster up use it until the %s is built anew."
            .formatted(jvm.cache(), Files.size(jvm.cache()) >> 20, program));
  }

  private void train() throws IOException, InterruptedException {
    Files.deleteIfExists(jvm.cache());
    try (var running = starter.start(jvm.trainingCommand("run"))) {
      awaitReady(running);
      Thread.sleep(TRAINING);
      running.process().stop(CACHE_PATIENCE);
    }
    if (!Files.exists(jvm.cache())) {
      throw new StartException("The JVM has not written " + jvm.cache());
    }
  }

  private void line(String what, List<String> command, String aim) throws IOException {
    var seconds = new ArrayList<Double>();
    for (var i = 0; i < STARTS; i++) {
      var began = System.nanoTime();
      try (var running = starter.start(command)) {
        awaitReady(running);
        seconds.add((System.nanoTime() - began) / 1e9);
      }
    }
    var sorted = seconds.stream().sorted().toList();
    report.line(
        what,
        "%.2f s (%.2f–%.2f)".formatted(sorted.get(STARTS / 2), sorted.getFirst(), sorted.getLast()),
        aim);
  }

  private static void awaitReady(Running running) {
    Readiness.await(running.process(), START_PATIENCE, "no readiness", running::isReady);
  }
}
