package io.muster.cli.bench;

import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The agent at work on a site of one size: what it asks, what it takes, how late it is. */
final class Load {
  private static final double MEGABYTE = 1 << 20;

  private final Installation installation;
  private final Report report;

  Load(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Path folder, Size size, Aims aims) throws IOException {
    try (var site = Site.start(installation, folder, size);
        var agent = site.startAgent(ProgramJvm.agent(installation).command("run"))) {
      Readiness.await(agent.process(), Site.AGENT_PATIENCE, "no readiness", agent::isReady);
      pause(size.warmUp());
      watch(site, agent, size, aims);
    }
  }

  /** What an agent should keep to at one size. */
  record Aims(int residentMegabytes, double cores, double lagSeconds) {}

  private void watch(Site site, Agent agent, Size size, Aims aims) throws IOException {
    var lags = new Lags(site);
    lags.begin();
    var before = site.seen();
    var cpu = agent.cpu();
    var began = System.nanoTime();
    var largest = 0L;
    while (System.nanoTime() - began < size.watched().toNanos()) {
      lags.look();
      largest = Math.max(largest, agent.residentBytes());
      pause(Lags.LOOK);
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    var cores = agent.cpu().minus(cpu).toNanos() / 1e9 / seconds;
    var seen = site.seen().minus(before);

    report.heading(size + ", watched for %.0f s".formatted(seconds));
    calls(site, size, seen, seconds);
    report.line("TLS handshakes per second", "%.2f".formatted(seen.handshakes() / seconds), "");
    report.line(
        "agent's memory (RSS), largest",
        "%.0f MB".formatted(largest / MEGABYTE),
        "≤ %d MB".formatted(aims.residentMegabytes()));
    report.line(
        "agent's CPU", "%.3f cores".formatted(cores), "≤ %.1f cores".formatted(aims.cores()));
    report.line("value to queryable, p50", "%.1f s".formatted(seconds(lags.percentile(0.5))), "");
    report.line(
        "value to queryable, p95 of %d values".formatted(lags.count()),
        "%.1f s".formatted(seconds(lags.percentile(0.95))),
        "≤ %.0f s".formatted(aims.lagSeconds()));
  }

  private void calls(Site site, Size size, Site.Seen seen, double seconds) throws IOException {
    var row =
        site.rows(
                "SELECT sum(CASE WHEN success THEN 0 ELSE 1 END), max(api_calls)"
                    + " FROM connection_metrics WHERE ts > dateadd('s', -%d, now())"
                        .formatted(Math.round(seconds)))
            .getFirst();
    var polls = Math.max(1, seen.polls());
    report.line(
        "calls per poll of one cluster, steady",
        "%.1f".formatted((double) seen.steadyCalls() / polls),
        "1 + N = %d".formatted(1 + size.nodes() / size.clusters()));
    report.line("  slower facts by turns", "%.1f".formatted((double) seen.slowCalls() / polls), "");
    report.line("  in all, most", row.path(1).asText(), "");
    report.line("polls, of them failed", polls + ", " + row.path(0).asText(), "0");
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void pause(Duration duration) throws IOException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
