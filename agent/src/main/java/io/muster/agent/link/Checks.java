package io.muster.agent.link;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out checks that the control API asks for, with drivers of their own. */
final class Checks {
  /** As many as polls: a whole import of 50 is looked at in two rounds. */
  private static final int AT_ONCE = 32;

  /** Whatever the control API says: a person waits. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What a driver may take, after its deadline, to notice it and return. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  private final ProviderFactory drivers;
  private final Semaphore room = new Semaphore(AT_ONCE);

  Checks(ProviderFactory drivers) {
    this.drivers = drivers;
  }

  /** Does not block; every check is answered, once. */
  void start(ControlMessage.Check check, Consumer<AgentMessage> answers) {
    Duration asked = Duration.ofMillis(Math.max(1, check.deadlineMs()));
    Deadline deadline = Deadline.after(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
    Thread.ofVirtual()
        .name("check " + check.server().name())
        .start(() ->
            answers.accept(new AgentMessage.Checked(check.id(), within(deadline, check.server()))));
  }

  private CheckAnswer within(Deadline deadline, ServerDocument document) {
    AtomicReference<@Nullable CheckAnswer> answer = new AtomicReference<>();
    Thread worker = Thread.ofVirtual().start(() -> answer.set(inTurn(deadline, document)));
    try {
      if (!worker.join(deadline.remaining().plus(GRACE))) {
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    CheckAnswer ended = answer.get();
    return ended != null ? ended : late(document);
  }

  private static CheckAnswer late(ServerDocument document) {
    return CheckAnswer.failed(
        Failure.DEADLINE_EXCEEDED,
        "Cannot check " + document.name() + ": no end within the time that was given",
        List.of());
  }

  private CheckAnswer inTurn(Deadline deadline, ServerDocument document) {
    try {
      if (!room.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        return late(document);
      }
    } catch (InterruptedException e) {
      return late(document);
    }
    try {
      return check(document.read(), deadline);
    } catch (IllegalArgumentException e) {
      return CheckAnswer.failed(
          Failure.BUG, "The agent can't use " + document.name() + ": " + e.getMessage(), List.of());
    } finally {
      room.release();
    }
  }

  private CheckAnswer check(Server server, Deadline deadline) {
    Optional<Provider> driver;
    try {
      driver = drivers.create(server);
    } catch (RuntimeException e) {
      return broken(server, e, List.of());
    }
    if (driver.isEmpty()) {
      return CheckAnswer.failed(Failure.BUG, ProviderFactory.noDriver(server.kind()), List.of());
    }
    try (Provider provider = driver.get()) {
      try {
        return answer(provider.check(deadline), certificates(provider));
      } catch (ProviderException e) {
        return CheckAnswer.failed(
            e.failure(), String.valueOf(e.getMessage()), certificates(provider));
      } catch (RuntimeException e) {
        return broken(server, e, certificates(provider));
      }
    }
  }

  private static CheckAnswer broken(
      Server server, RuntimeException e, List<CheckAnswer.Certificate> certificates) {
    LOG.error("Checking {} failed inside the agent", server.entry().name(), e);
    return CheckAnswer.failed(
        Failure.BUG,
        "The agent failed inside while checking " + server.entry().name() + "; see its log",
        certificates);
  }

  private static CheckAnswer answer(
      CheckReport report, List<CheckAnswer.Certificate> certificates) {
    List<String> missing = report.facts().missingPrivileges();
    boolean ok = report.problems().isEmpty();
    return new CheckAnswer(
        ok,
        report.responseTime().toNanos() / 1e6,
        report.facts().version(),
        report.nodes().size(),
        null,
        ok ? null : LinkProtocol.shortened(String.join(" ", report.problems())),
        missing == null ? List.of() : missing,
        certificates);
  }

  private static List<CheckAnswer.Certificate> certificates(Provider provider) {
    List<CheckAnswer.Certificate> shown = new ArrayList<>();
    for (PeerCertificate.Judged judged : provider.certificates()) {
      PeerCertificate certificate = judged.certificate();
      shown.add(
          new CheckAnswer.Certificate(
              LinkProtocol.shortened(certificate.subject()),
              LinkProtocol.shortened(certificate.issuer()),
              certificate.fingerprint().value(),
              certificate.expiresAt(),
              judged.trusted()));
    }
    return shown;
  }
}
