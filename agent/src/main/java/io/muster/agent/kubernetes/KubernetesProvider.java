package io.muster.agent.kubernetes;

import io.muster.agent.provider.ChangeListener;
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
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster, or one namespace of it. Nodes, pods, deployments and events are listed at
 * the first poll and watched from then on; a poll makes three calls, whatever the cluster's size:
 * {@code /version}, and what metrics-server measured of nodes and of pods.
 */
public final class KubernetesProvider implements Provider {
  private final KubernetesServer server;
  private final Scope scope;
  private final Proxies proxies;
  private final InstantSource clock;
  private final ServiceAccount account;
  private final CallCounter calls = new CallCounter();
  private volatile @Nullable ChangeListener listener;
  private volatile @Nullable Connected connected;
  private volatile @Nullable Watching watching;
  private volatile @Nullable Release release;
  private volatile boolean closed;

  /**
   * @param environment holds {@code HTTPS_PROXY} and {@code NO_PROXY}, for servers without a proxy
   *     of their own
   * @param clock what the API server's clock is compared with
   */
  public KubernetesProvider(
      KubernetesServer server, Map<String, String> environment, InstantSource clock) {
    this(server, environment, clock, ServiceAccount.ofThisPod());
  }

  KubernetesProvider(
      KubernetesServer server,
      Map<String, String> environment,
      InstantSource clock,
      ServiceAccount account) {
    this.server = server;
    this.scope = new Scope(server.namespace());
    this.proxies = new Proxies(server.entry().proxy(), environment);
    this.clock = clock;
    this.account = account;
  }

  /** What there is once the login is known. */
  private record Connected(ApiClient client, SlowFacts slow, Poll poll) {}

  private interface Work<T> {
    T run(Connected connected) throws CallException, InterruptedException;
  }

  @Override
  public Snapshot poll(Tick tick) throws ProviderException {
    return within(
        "poll",
        to -> {
          Release now = Release.ask(to.client(), tick.deadline(), calls, clock);
          release = now;
          Watching current = watching(to);
          Snapshot snapshot = to.poll().run(tick, now, current, calls, () -> facts(to));
          current.tell();
          return snapshot;
        });
  }

  @Override
  public Look look(Tick tick) throws ProviderException {
    stopWatching();
    return within(
        "look at",
        to -> {
          release = Release.ask(to.client(), tick.deadline(), calls, clock);
          to.slow().introduce(tick.deadline(), calls, clock.instant());
          return new Look(facts(to), identity(), calls.take(), null, null);
        });
  }

  @Override
  public @Nullable Identity identity() {
    Connected to = connected;
    return to == null ? null : to.slow().identity();
  }

  @Override
  public void listen(ChangeListener other) {
    listener = other;
  }

  @Override
  public CheckReport check(Deadline deadline) throws ProviderException {
    return within(
        "check",
        to -> {
          long began = System.nanoTime();
          release = Release.ask(to.client(), deadline, calls, clock);
          Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
          return new Check(scope, server.kubelet(), to.client(), to.slow(), clock, calls)
              .run(deadline, elapsed, () -> facts(to));
        });
  }

  @Override
  public List<PeerCertificate.Judged> certificates() {
    Connected to = connected;
    return to == null ? List.of() : to.client().certificates();
  }

  @Override
  public void close() {
    closed = true;
    stopWatching();
    Connected to = connected;
    if (to != null) {
      to.client().close();
    }
  }

  private <T> T within(String what, Work<T> work) throws ProviderException {
    String doing = "Cannot " + what + " " + server.entry().name() + ": ";
    try {
      return work.run(connect());
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

  private Connected connect() throws CallException {
    Connected to = connected;
    if (closed) {
      throw new CallException(Failure.UNREACHABLE, 0, "the driver was closed", null);
    }
    if (to == null) {
      try {
        ApiClient client = new ApiClient(login(), proxies);
        SlowFacts slow = new SlowFacts(client, scope, server.kubelet());
        Kubelets kubelets = server.kubelet() && scope.hasNodes() ? new Kubelets(client) : null;
        to = new Connected(client, slow, new Poll(scope, client, kubelets, slow, clock));
        connected = to;
      } catch (IOException e) {
        throw new CallException(Failure.UNAUTHORIZED, 0, String.valueOf(e.getMessage()), e);
      }
    }
    return to;
  }

  private Login login() throws IOException {
    String name = server.entry().name();
    return switch (server.access()) {
      case Access.KubeConfig config -> KubeConfig.login(config, server.tls());
      case Access.InCluster _ -> account.login(name, server.tls());
      case Access.Token token -> {
        String header = "Bearer " + token.token().reveal();
        yield new Login(token.url(), name, () -> header, Map.of(), List.of(), server.tls(), null);
      }
    };
  }

  private synchronized Watching watching(Connected to) throws CallException {
    if (closed) {
      throw new CallException(Failure.UNREACHABLE, 0, "the driver was closed", null);
    }
    Watching current = watching;
    if (current == null) {
      current = new Watching(to.client(), scope, calls, listener, clock, server.entry().name());
      watching = current;
    }
    return current;
  }

  private synchronized void stopWatching() {
    Watching current = watching;
    if (current != null) {
      current.close();
      watching = null;
    }
  }

  private ServerFacts facts(Connected to) {
    Release known = release;
    Privileges privileges = to.slow().privileges();
    PeerCertificate certificate = to.client().certificate();
    return new ServerFacts(
        known == null ? null : known.version(),
        to.client().login().api(),
        TokenExpiry.of(to.client().login()),
        certificate == null ? null : certificate.expiresAt(),
        certificate == null ? null : certificate.fingerprint(),
        privileges == null ? null : privileges.missing(),
        null);
  }
}
