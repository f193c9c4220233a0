package io.muster.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.agent.poll.PollSettings;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code muster-agent poll --once}: reads each server once and prints what it saw. */
@Command(
    name = "poll",
    description = {
      "Reads each server once, prints what it saw, and writes nothing.",
      "Values that need an earlier sample to compare with are empty."
    },
    mixinStandardHelpOptions = true)
final class PollCommand implements Callable<Integer> {
  /** Of one poll: a person waits, and a first poll asks for more than a later one. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin private final Selection selection = new Selection();

  @Option(names = "--once", required = true, description = "Required: this verb never repeats.")
  @SuppressWarnings("UnusedVariable")
  private boolean once;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /**
   * What one poll saw; snapshot null = nothing, for the reason in failure and message.
   *
   * @param responseTimeMs of the whole poll
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String name,
      String id,
      String provider,
      double responseTimeMs,
      @Nullable String failure,
      @Nullable String message,
      @Nullable Snapshot snapshot) {}

  private record Report(boolean ok, List<Result> servers) {}

  @Override
  public Integer call() throws InterruptedException {
    Selection.Chosen chosen = selection.read();
    ProviderFactory drivers = new Drivers(chosen.proxies());
    List<Server> enabled = chosen.servers().stream().filter(s -> s.entry().enabled()).toList();
    List<Result> results =
        InParallel.ask(enabled, PollSettings.MAX_CONCURRENT_POLLS, server -> poll(server, drivers));
    boolean ok = results.stream().allMatch(result -> result.failure() == null);
    PrintWriter out = Output.of(spec);
    if (json) {
      Output.json(out, new Report(ok, results));
    } else {
      results.forEach(result -> PollText.print(out, result));
    }
    out.flush();
    return ok ? 0 : 1;
  }

  private static Result poll(Server server, ProviderFactory drivers) {
    long start = System.nanoTime();
    try {
      Optional<Provider> driver = drivers.create(server);
      if (driver.isEmpty()) {
        return result(server, start, null, ProviderFactory.noDriver(server.kind()), null);
      }
      try (Provider provider = driver.get()) {
        Duration interval = new PollSettings("", "", null).intervalOf(server);
        long intervalMs = interval.toMillis();
        Instant tick = Instant.ofEpochMilli(System.currentTimeMillis() / intervalMs * intervalMs);
        Snapshot snapshot = provider.poll(new Tick(tick, interval, Deadline.after(PATIENCE)));
        return result(server, start, null, null, snapshot);
      }
    } catch (ProviderException e) {
      return result(server, start, e.failure(), String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      return result(
          server, start, Failure.BUG, "The agent failed inside while polling: " + e, null);
    }
  }

  private static Result result(
      Server server,
      long startNanos,
      @Nullable Failure failure,
      @Nullable String message,
      @Nullable Snapshot snapshot) {
    return new Result(
        server.entry().name(),
        server.entry().id().toString(),
        server.kind().label(),
        (System.nanoTime() - startNanos) / 1e6,
        failure == null ? null : failure.name(),
        message,
        snapshot);
  }
}
