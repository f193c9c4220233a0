package io.muster.agent.openstack;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Identity;
import io.muster.agent.provider.Look;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Proxies;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One region of an OpenStack cloud, seen with one credential. A poll asks Nova for what changed,
 * for its hosts and its services; other services, quotas and what guests use are asked in turns.
 */
public final class OpenStackProvider implements Provider {
  /** A cloud is upgraded by people: an hour later is soon enough. */
  private static final Duration VERSIONS_PERIOD = Duration.ofHours(1);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(60);

  private final OpenStackServer server;
  private final CloudClock clock;
  private final Session session;
  private final Parts parts = new Parts();
  private final CallCounter calls = new CallCounter();
  private final Poll poll;
  private volatile @Nullable Known known;
  private volatile @Nullable CloudIdentity identity;

  /**
   * @param environment holds {@code HTTPS_PROXY} and {@code NO_PROXY}, for servers without a proxy
   *     of their own
   * @param clock what the cloud's clock is compared with
   */
  public OpenStackProvider(
      OpenStackServer server, Map<String, String> environment, InstantSource clock) {
    this.server = server;
    this.clock = new CloudClock(clock);
    Proxies proxies = new Proxies(server.entry().proxy(), environment);
    ApiClient client = new ApiClient(new CloudTls(server.tls()), proxies, this.clock);
    this.session = new Session(server, client, this.clock);
    this.poll = new Poll(session, parts, this.clock);
  }

  /** What Nova offers, and when it said so. */
  private record Known(ComputeVersions versions, Instant at) {}

  private interface Work<T> {
    T run() throws CallException, InterruptedException;
  }

  @Override
  public Snapshot poll(Tick tick) throws ProviderException {
    return within(
        "poll",
        () -> {
          Snapshot snapshot = poll.run(tick, versions(tick.deadline()), calls, this::facts);
          identify(tick.deadline());
          return snapshot;
        });
  }

  @Override
  public Look look(Tick tick) throws ProviderException {
    return within(
        "look at",
        () -> {
          poll.learnScope(versions(tick.deadline()), tick, calls);
          identify(tick.deadline());
          return new Look(facts(), identity, calls.take(), null, null);
        });
  }

  @Override
  public @Nullable Identity identity() {
    return identity;
  }

  @Override
  public CheckReport check(Deadline deadline) throws ProviderException {
    return within(
        "check",
        () -> {
          long began = System.nanoTime();
          Token token = session.token(deadline, calls);
          Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
          Tick tick = new Tick(clock.now(), CHECK_INTERVAL, deadline);
          ComputeVersions versions = versions(deadline);
          Snapshot snapshot = poll.run(tick, versions, calls, this::facts);
          return new Check(parts)
              .report(snapshot, versions, token, server.tls().verify(), elapsed, clock.now());
        });
  }

  @Override
  public List<PeerCertificate.Judged> certificates() {
    return session.certificates();
  }

  @Override
  public void close() {
    session.close();
  }

  private <T> T within(String what, Work<T> work) throws ProviderException {
    String doing = "Cannot " + what + " " + server.entry().name() + ": ";
    try {
      return work.run();
    } catch (CallException e) {
      throw new ProviderException(e.failure(), doing + e.reason(), calls.take(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(
          Failure.DEADLINE_EXCEEDED, doing + "it was cut off", calls.take(), e);
    } catch (RuntimeException e) {
      throw new ProviderException(
          Failure.BUG, doing + "the agent failed inside: " + e, calls.take(), e);
    }
  }

  private ComputeVersions versions(Deadline deadline) throws CallException {
    Known last = known;
    Instant now = clock.now();
    if (last != null && Duration.between(last.at(), now).compareTo(VERSIONS_PERIOD) < 0) {
      return last.versions();
    }
    ComputeVersions versions = session.computeVersions(deadline, calls);
    known = new Known(versions, now);
    return versions;
  }

  /** Two entries are the same when they see the same. */
  private void identify(Deadline deadline) throws CallException {
    Token token = session.token(deadline, calls);
    URI compute = token.catalog().endpoint(Service.COMPUTE, server.region());
    Boolean all = poll.seesAllProjects();
    if (compute != null && all != null) {
      identity =
          new CloudIdentity(
              Catalog.versionRoot(compute),
              server.region(),
              all ? CloudIdentity.ALL : token.projectId(),
              clock.now());
    }
  }

  private ServerFacts facts() {
    Known last = known;
    PeerCertificate certificate = session.certificate();
    List<String> missing = parts.forbidden().stream().map(Part::rule).toList();
    return new ServerFacts(
        last == null ? null : "Nova " + last.versions().newest(),
        session.keystone(),
        null,
        certificate == null ? null : certificate.expiresAt(),
        certificate == null ? null : certificate.fingerprint(),
        missing,
        null);
  }
}
