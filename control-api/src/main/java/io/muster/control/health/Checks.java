package io.muster.control.health;

import io.muster.control.link.Agents;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has agents connect to servers, many at once. Never fails: what went wrong is an answer. */
@Singleton
public final class Checks {
  private final Agents agents;

  Checks(Agents agents) {
    this.agents = agents;
  }

  /** A server, and the site whose agent is asked. */
  public record Asked(UUID site, Server server) {}

  /** Whether the site's agent can be asked now. */
  public boolean possible(UUID site) {
    return agents.connected(site);
  }

  /** Asks for all at once; whoever has not answered at the deadline has not answered. */
  public <K> Map<K, CheckAnswer> all(Map<K, Asked> asked, Duration deadline) {
    Map<K, CompletableFuture<CheckAnswer>> running = new LinkedHashMap<>();
    asked.forEach((key, one) -> running.put(key, start(one, deadline)));
    Map<K, CheckAnswer> answers = new LinkedHashMap<>();
    running.forEach((key, answer) -> answers.put(key, answer.join()));
    return answers;
  }

  private CompletableFuture<CheckAnswer> start(Asked asked, Duration deadline) {
    if (!agents.connected(asked.site())) {
      return CompletableFuture.completedFuture(
          failed(Failure.UNREACHABLE, "the site's agent is not connected"));
    }
    return agents
        .check(asked.site(), asked.server(), deadline)
        .toCompletableFuture()
        .copy()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> failed(failure, deadline));
  }

  private static CheckAnswer failed(Throwable failure, Duration deadline) {
    boolean late =
        failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
    return late
        ? failed(Failure.DEADLINE_EXCEEDED, "no answer within " + deadline.toSeconds() + " s")
        : failed(Failure.UNREACHABLE, "the site's agent was lost while it was asked");
  }

  private static CheckAnswer failed(Failure failure, String error) {
    return CheckAnswer.failed(failure, error, List.of());
  }
}
