package io.muster.cli.bench;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was measured, as the control API gives it: VMs and histories out of QuestDB. */
final class ReadsLoad {
  /** As much as one answer may hold. */
  private static final int PAGE = 1_000;

  /** As often as agents write. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration WATCHED = Duration.ofSeconds(20);

  private final Control control;
  private final ControlApi api;
  private final Report report;
  private final List<String> servers;

  /**
   * @param servers ids of those that have rows
   */
  ReadsLoad(Control control, ControlApi api, Report report, List<String> servers) {
    this.control = control;
    this.api = api;
    this.report = report;
    this.servers = List.copyOf(servers);
  }

  void measure(SeededRows rows) throws IOException, InterruptedException {
    var failure = new AtomicReference<@Nullable IOException>();
    rows.past();
    rows.now();
    try (var writer = Executors.newSingleThreadScheduledExecutor()) {
      writeOn(rows, writer, failure);
      report.line("reads of %,d VMs, %d days".formatted(SeededRows.VMS, SeededRows.DAYS), "", "");
      lists();
      single();
      writer.shutdownNow();
    }
    var failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private static void writeOn(
      SeededRows rows,
      ScheduledExecutorService writer,
      AtomicReference<@Nullable IOException> failure) {
    var _ =
        writer.scheduleAtFixedRate(
            () -> {
              try {
                rows.now();
              } catch (IOException failed) {
                failure.set(failed);
              }
            },
            INTERVAL.toMillis(),
            INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void lists() throws IOException, InterruptedException {
    var page = new AtomicInteger();
    Supplier<Call> pages =
        () ->
            Call.get("/vms")
                .with("size", PAGE)
                .with("page", page.getAndIncrement() % (SeededRows.VMS / PAGE));
    both("list VMs, pages of %,d by turns".formatted(PAGE), pages, "≤ 100 ms");
    both(
        "list VMs, 50 of a part of a name that changes",
        () -> Call.get("/vms").with("size", 50).with("q", "b-" + random(10, 100)),
        "≤ 100 ms");
  }

  private void single() throws IOException, InterruptedException {
    both(
        "one VM of any",
        () ->
            Call.get(
                "/servers/%s/vms/qemu:%d"
                    .formatted(
                        anyServer(),
                        random(
                            SeededRows.FIRST_VM, SeededRows.FIRST_VM + SeededRows.VMS_OF_SERVER))),
        "");
    for (var hours : List.of(24, SeededRows.DAYS * 24)) {
      both(
          "history of any server, %d h".formatted(hours),
          () -> Call.get("/servers/%s/history".formatted(anyServer())).with("hours", hours),
          "");
      both(
          "cpu_usage_ratio of any VM, %d h".formatted(hours),
          () ->
              Call.get("/metrics/history")
                  .with("server", servers.getFirst())
                  .with(
                      "vm",
                      "qemu:"
                          + random(
                              SeededRows.FIRST_VM,
                              SeededRows.FIRST_VM + SeededRows.VMS_WITH_HISTORY))
                  .with("metric", "cpu_usage_ratio")
                  .with("from", Instant.now().minus(hours, ChronoUnit.HOURS)),
          "");
    }
  }

  /** By one client that is alone, and by many. */
  private void both(String what, Supplier<Call> calls, String aim)
      throws IOException, InterruptedException {
    var asking = new Asking(control, api, report, WARM_UP, WATCHED);
    asking.measure(what + ", 1 client", 1, calls, aim);
    asking.measure("  %d clients".formatted(ControlLoad.CLIENTS), ControlLoad.CLIENTS, calls, "");
  }

  private String anyServer() {
    return servers.get(random(0, servers.size()));
  }

  private static int random(int from, int to) {
    return ThreadLocalRandom.current().nextInt(from, to);
  }
}
