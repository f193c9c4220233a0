package io.muster.cli.bench;

import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import io.muster.cli.local.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the agent's process to its first answer that it is ready: it has its inventory,
 * and QuestDB has its tables.
 */
final class StartTimes {
  private static final int STARTS = 5;

  /** Polls, and all of its code that a first minute needs. */
  private static final Duration TRAINING = Duration.ofSeconds(25);

  /** At its end the JVM starts another one, which writes the cache. */
  private static final Duration CACHE_PATIENCE = Duration.ofMinutes(2);

  private final Installation installation;
  private final Report report;

  StartTimes(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Site site) throws IOException, InterruptedException {
    report.heading("start of the agent, %d starts each".formatted(STARTS));
    line("ready, without a cache", ProgramJvm.agent(installation).coldCommand("run"), site, "");
    train(site);
    line("ready, with an AOT cache", ProgramJvm.agent(installation).command("run"), site, "≤ 1 s");
    report.note(
        "The cache stays at %s (%d MB): ./muster demo and ./muster up use it until the agent is built anew."
            .formatted(
                ProgramJvm.agent(installation).cache(), Files.size(ProgramJvm.agent(installation).cache()) >> 20));
  }

  private void train(Site site) throws IOException, InterruptedException {
    Files.deleteIfExists(ProgramJvm.agent(installation).cache());
    try (var agent = site.startAgent(ProgramJvm.agent(installation).trainingCommand("run"))) {
      Readiness.await(agent.process(), Site.AGENT_PATIENCE, "no readiness", agent::isReady);
      Thread.sleep(TRAINING);
      agent.process().stop(CACHE_PATIENCE);
    }
    if (!Files.exists(ProgramJvm.agent(installation).cache())) {
      throw new StartException("The JVM has not written " + ProgramJvm.agent(installation).cache());
    }
  }

  private void line(String what, List<String> command, Site site, String aim) throws IOException {
    var seconds = new ArrayList<Double>();
    for (var i = 0; i < STARTS; i++) {
      var began = System.nanoTime();
      try (var agent = site.startAgent(command)) {
        Readiness.await(agent.process(), Site.AGENT_PATIENCE, "no readiness", agent::isReady);
        seconds.add((System.nanoTime() - began) / 1e9);
      }
    }
    var sorted = seconds.stream().sorted().toList();
    report.line(
        what,
        "%.2f s (%.2f–%.2f)".formatted(sorted.get(STARTS / 2), sorted.getFirst(), sorted.getLast()),
        aim);
  }
}
