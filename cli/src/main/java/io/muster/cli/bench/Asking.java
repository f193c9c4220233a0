package io.muster.cli.bench;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that ask the control API without a pause, and how long they wait. */
final class Asking {
  private final Control control;
  private final ControlApi api;
  private final Report report;
  private final Duration warmUp;
  private final Duration watched;

  /**
   * @param warmUp until what is called often is compiled
   */
  Asking(Control control, ControlApi api, Report report, Duration warmUp, Duration watched) {
    this.control = control;
    this.api = api;
    this.report = report;
    this.warmUp = warmUp;
    this.watched = watched;
  }

  /**
   * Prints what so many clients get.
   *
   * @param calls the next call of any of them
   * @param aim of the slowest of 20 answers; empty = none
   */
  void measure(String what, int clients, Supplier<Call> calls, String aim)
      throws IOException, InterruptedException {
    ask(clients, calls, warmUp);
    var cpu = control.cpu();
    var began = System.nanoTime();
    var millis = ask(clients, calls, watched);
    var seconds = (System.nanoTime() - began) / 1e9;
    var cores = control.cpu().minus(cpu).toNanos() / 1e9 / seconds;
    report.line(what + ", requests/s", "%.0f".formatted(millis.length / seconds), "");
    report.line(
        "  p50, p95",
        "%.1f ms, %.1f ms".formatted(percentile(millis, 0.5), percentile(millis, 0.95)),
        aim);
    report.line("  CPU", "%.2f cores".formatted(cores), "");
  }

  /** How long each answer took, shortest first. */
  private double[] ask(int clients, Supplier<Call> calls, Duration span)
      throws IOException, InterruptedException {
    var took = new ConcurrentLinkedQueue<Double>();
    var end = System.nanoTime() + span.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, clients)
              .<Future<?>>mapToObj(client ->
                  threads.submit(() -> {
                    while (System.nanoTime() < end) {
                      var call = calls.get();
                      var began = System.nanoTime();
                      api.send(call);
                      took.add((System.nanoTime() - began) / 1e6);
                    }
                  }))
              .toList();
      for (var client : running) {
        client.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("A client failed: " + failed.getCause(), failed);
    }
    var sorted = took.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
