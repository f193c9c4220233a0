package io.muster.control.link;

import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Checks that one agent was asked for and has not answered. */
final class PendingChecks {
  private final UUID site;
  private final Map<UUID, CompletableFuture<CheckAnswer>> checks = new ConcurrentHashMap<>();
  private volatile boolean lost;

  PendingChecks(UUID site) {
    this.site = site;
  }

  /**
   * @param ask is given the check's id
   */
  CompletionStage<CheckAnswer> ask(Duration deadline, Consumer<UUID> ask) {
    UUID id = UUID.randomUUID();
    CompletableFuture<CheckAnswer> answer = new CompletableFuture<>();
    checks.put(id, answer);
    ask.accept(id);
    if (lost) {
      answer.completeExceptionally(new AgentNotConnectedException(site));
    }
    return answer
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((given, failure) -> checks.remove(id));
  }

  /** An answer that nobody waits for any more is left alone. */
  void answered(AgentMessage.Checked checked) {
    CompletableFuture<CheckAnswer> asked = checks.remove(checked.id());
    if (asked != null) {
      asked.complete(checked.answer());
    }
  }

  /** The agent is gone: none of these is answered. */
  void lose() {
    lost = true;
    checks
        .values()
        .forEach(check -> check.completeExceptionally(new AgentNotConnectedException(site)));
  }
}
