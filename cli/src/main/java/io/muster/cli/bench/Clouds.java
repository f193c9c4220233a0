package io.muster.cli.bench;

import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The agent at an OpenStack cloud whose every answer takes its time. */
final class Clouds {
  private static final int HOSTS = 40;
  private static final int INSTANCES = 1_000;

  /** Nova's own work for a small answer, on a machine that has other things to do. */
  private static final int MILLISECONDS_A_CALL = 50;

  /** Two full lists of instances, and quotas twice. */
  private static final Duration WATCH = Duration.ofSeconds(330);

  private static final double MEGABYTE = 1 << 20;

  private final Installation installation;
  private final Report report;

  Clouds(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Path folder) throws IOException, InterruptedException {
    try (var site = Site.openStack(installation, folder, HOSTS, INSTANCES, MILLISECONDS_A_CALL);
        var agent = site.startAgent(ProgramJvm.agent(installation).command("run"))) {
      Readiness.await(agent.process(), Site.AGENT_PATIENCE, "no readiness", agent::isReady);
      var cpu = agent.cpu();
      Thread.sleep(WATCH);
      report.heading(
          "1 OpenStack cloud, %d hosts, %,d instances, %d ms a call"
              .formatted(HOSTS, INSTANCES, MILLISECONDS_A_CALL));
      report.line("a poll with its diagnostics, p50 · max", times(site), "≤ 3 s");
      report.line("calls of a poll, p50 · max; failed", calls(site), "");
      report.line("instances read in a minute", read(site), "");
      report.line("memory (RSS)", "%.0f MB".formatted(agent.residentBytes() / MEGABYTE), "");
      report.line(
          "CPU",
          String.format(
              Locale.ROOT,
              "%.2f cores",
              (agent.cpu().toMillis() - cpu.toMillis()) / (double) WATCH.toMillis()),
          "");
    }
  }

  private static String times(Site site) throws IOException {
    var row =
        site.rows(
                "SELECT approx_percentile(response_time_ms, 0.5), max(response_time_ms) FROM"
                    + " connection_metrics WHERE success")
            .getFirst();
    return String.format(
        Locale.ROOT, "%.1f s · %.1f s", row.get(0).asDouble() / 1000, row.get(1).asDouble() / 1000);
  }

  private static String calls(Site site) throws IOException {
    var row =
        site.rows(
                "SELECT approx_percentile(api_calls, 0.5), max(api_calls), sum(CASE WHEN success"
                    + " THEN 0 ELSE 1 END) FROM connection_metrics")
            .getFirst();
    return "%.0f · %d; %d".formatted(row.get(0).asDouble(), row.get(1).asInt(), row.get(2).asInt());
  }

  private static String read(Site site) throws IOException {
    var row =
        site.rows(
                "SELECT count(), count_distinct(vm_id) FROM vm_metrics WHERE host_memory_bytes IS NOT"
                    + " NULL")
            .getFirst();
    return "%.0f, %d different"
        .formatted(row.get(0).asDouble() * 60 / WATCH.toSeconds(), row.get(1).asInt());
  }
}
