package io.muster.agent;

import io.muster.agent.poll.PollSettings;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Identity;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code muster-agent check}: connects to every server and says what an operator must know. */
@Command(
    name = "check",
    description = "Checks the configuration and connects to each server.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  /** A refused credential takes Proxmox 3 s, a dead first member some more; a person waits. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin private final Selection selection = new Selection();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** The answer as JSON. */
  private record Report(boolean ok, List<CheckResult> servers) {}

  @Override
  public Integer call() throws InterruptedException {
    Selection.Chosen chosen = selection.read();
    ProviderFactory drivers = new Drivers(chosen.proxies());
    List<CheckResult> results =
        told(
            InParallel.ask(
                chosen.servers(),
                PollSettings.MAX_CONCURRENT_POLLS,
                server -> check(server, drivers)));
    boolean ok = results.stream().noneMatch(CheckResult::failed);
    PrintWriter out = Output.of(spec);
    if (json) {
      Output.json(out, new Report(ok, results));
    } else {
      CheckText.print(out, results);
    }
    out.flush();
    return ok ? 0 : 1;
  }

  /** What was found out, and who the server is; null = not known. */
  private record Checked(CheckResult result, @Nullable Identity identity) {}

  /** Names the first entry that is the same server, in each one after it. */
  private static List<CheckResult> told(List<Checked> all) {
    List<CheckResult> results = new ArrayList<>();
    for (Checked checked : all) {
      Identity identity = checked.identity();
      results.add(
          all.subList(0, results.size()).stream()
              .filter(before ->
                  identity != null
                      && before.identity() != null
                      && identity.isSameAs(before.identity()))
              .findFirst()
              .map(first -> checked.result().duplicateOf(first.result().name()))
              .orElse(checked.result()));
    }
    return results;
  }

  private static Checked check(Server server, ProviderFactory drivers) {
    if (!server.entry().enabled()) {
      return unknown(
          CheckResult.notAsked(
              server, CheckResult.DISABLED, "it is disabled in the configuration and not polled"));
    }
    try {
      Optional<Provider> driver = drivers.create(server);
      if (driver.isEmpty()) {
        return unknown(
            CheckResult.notAsked(
                server, CheckResult.NOT_POLLED, ProviderFactory.noDriver(server.kind())));
      }
      try (Provider provider = driver.get()) {
        CheckResult result = CheckResult.of(server, provider.check(Deadline.after(PATIENCE)));
        return new Checked(result, provider.identity());
      }
    } catch (ProviderException e) {
      return unknown(
          CheckResult.unread(server, e.failure().name(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return unknown(
          CheckResult.unread(
              server, Failure.BUG.name(), "The agent failed inside while checking: " + e));
    }
  }

  private static Checked unknown(CheckResult result) {
    return new Checked(result, null);
  }
}
