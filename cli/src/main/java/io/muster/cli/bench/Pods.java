package io.muster.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent at a large Kubernetes cluster: what it takes, and how soon a change is a row. */
final class Pods {
  private static final int NODES = 100;
  private static final int PODS = 10_000;

  /** Ten a second, as a cluster that scales with its load. */
  private static final int CHURN_PER_MINUTE = 600;

  private static final Duration WARM_UP = Duration.ofSeconds(90);

  /** One by one, each until its row can be read. */
  private static final int EVICTIONS = 60;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final double MEGABYTE = 1 << 20;

  private final Installation installation;
  private final Report report;

  Pods(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Path folder) throws IOException, InterruptedException {
    try (var site = Site.kubernetes(installation, folder, NODES, PODS, CHURN_PER_MINUTE);
        var agent = site.startAgent(ProgramJvm.agent(installation).command("run"));
        var http = HttpClient.newHttpClient()) {
      Readiness.await(agent.process(), Site.AGENT_PATIENCE, "no readiness", agent::isReady);
      Thread.sleep(WARM_UP);
      watch(site, agent, http);
    }
  }

  private void watch(Site site, Agent agent, HttpClient http)
      throws IOException, InterruptedException {
    var pods =
        site.rows(
            "SELECT vm_id FROM vm_now WHERE type = 'pod' AND status = 'running' AND tags LIKE '%;deployment=%' LIMIT "
                + EVICTIONS);
    var cpu = agent.cpu();
    var began = System.nanoTime();
    var largest = 0L;
    var lags = new ArrayList<Duration>();
    for (var pod : pods) {
      var lag = evict(site, http, pod.path(0).asText());
      if (lag != null) {
        lags.add(lag);
      }
      largest = Math.max(largest, agent.residentBytes());
      Thread.sleep(Duration.ofSeconds(1));
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    var cores = agent.cpu().minus(cpu).toNanos() / 1e9 / seconds;

    report.heading(
        "1 Kubernetes cluster, %d nodes, %,d pods, %d a minute replaced, watched for %.0f s"
            .formatted(NODES, PODS, CHURN_PER_MINUTE, seconds));
    calls(site);
    report.line(
        "agent's memory (RSS), largest", "%.0f MB".formatted(largest / MEGABYTE), "≤ 300 MB");
    report.line("agent's CPU", "%.3f cores".formatted(cores), "≤ 0.5 cores");
    report.line("change to queryable, p50", "%.2f s".formatted(percentile(lags, 0.5)), "");
    report.line(
        "change to queryable, p95 of %d of %d".formatted(lags.size(), pods.size()),
        "%.2f s".formatted(percentile(lags, 0.95)),
        "≤ 2 s");
  }

  /** Null = the pod was replaced before, or its row did not come. */
  private static @Nullable Duration evict(Site site, HttpClient http, String vmId)
      throws IOException, InterruptedException {
    var parts = vmId.split(":", 3);
    var uri =
        URI.create(
            "%s/pods/%s/%s/evict"
                .formatted(site.endpoints().path("control").asText(), parts[1], parts[2]));
    var began = System.nanoTime();
    var answer =
        http.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return null;
    }
    var sql =
        "SELECT count() FROM vm_states WHERE vm_id = '%s' AND status_detail = 'Evicted'"
            .formatted(vmId);
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      if (site.rows(sql).getFirst().path(0).asLong() > 0) {
        return Duration.ofNanos(System.nanoTime() - began);
      }
      Thread.sleep(LOOK);
    }
    return null;
  }

  private void calls(Site site) throws IOException {
    JsonNode row =
        site.rows(
                "SELECT min(api_calls), avg(api_calls), count(), sum(CASE WHEN success THEN 0 ELSE 1 END)"
                    + " FROM connection_metrics")
            .getFirst();
    report.line("calls per poll, steady", row.path(0).asText(), "3");
    report.line("polls, of them failed", row.path(2).asText() + ", " + row.path(3).asText(), "0");
  }

  private static double percentile(List<Duration> lags, double share) {
    var sorted = lags.stream().sorted().toList();
    return sorted.isEmpty()
        ? Double.NaN
        : sorted
                .get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())))
                .toNanos()
            / 1e9;
  }
}
