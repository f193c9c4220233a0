package io.muster.agent.proxmox;

import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Coverage;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Identity;
import io.muster.agent.provider.Inspectable;
import io.muster.agent.provider.Look;
import io.muster.agent.provider.Names;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Proxies;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Proxmox VE cluster, or a node that stands alone. A poll of N nodes makes 1 + N calls whatever
 * the number of guests ({@code /cluster/resources}, and {@code /cluster/metrics/export} of each
 * node that is online), and at most {@code max(2, N/2)} more for slower facts, by turns.
 */
public final class ProxmoxProvider implements Provider, Inspectable {
  private final ProxmoxServer server;
  private final InstantSource clock;
  private final Tls tls;
  private final Proxies proxies;
  private final ApiClient client;
  private final Members members;
  private final NodeRoutes routes;
  private final Poll poll;

  /**
   * @param environment holds {@code HTTPS_PROXY} and {@code NO_PROXY}, for servers without a proxy
   *     of their own
   * @param clock what the nodes' clocks are compared with
   */
  public ProxmoxProvider(
      ProxmoxServer server, Map<String, String> environment, InstantSource clock) {
    this(server, environment, clock, CallListener.NONE);
  }

  /**
   * @param listener hears of every call
   */
  public ProxmoxProvider(
      ProxmoxServer server,
      Map<String, String> environment,
      InstantSource clock,
      CallListener listener) {
    this(server, environment, clock, listener, ProgressKeeper.TRUSTING, Duration.ZERO);
  }

  /**
   * @param listener hears of every call
   * @param keeper knows what became of earlier snapshots, also of an earlier process
   * @param rrdReach how far back gaps that are older than the export are filled; zero = not at all
   */
  public ProxmoxProvider(
      ProxmoxServer server,
      Map<String, String> environment,
      InstantSource clock,
      CallListener listener,
      ProgressKeeper keeper,
      Duration rrdReach) {
    this.server = server;
    this.clock = clock;
    this.tls = new Tls(server.tls());
    this.proxies = new Proxies(server.entry().proxy(), environment);
    this.client = new ApiClient(server.token(), tls, proxies, listener);
    this.members = new Members(server.urls());
    this.routes = new NodeRoutes(server.nodeAddresses(), members, tls);
    this.poll = new Poll(server, members, routes, tls.verified(), keeper, rrdReach);
  }

  @Override
  public Snapshot poll(Tick tick) throws ProviderException {
    Cycle cycle = new Cycle(client, tick, clock.instant());
    try {
      return poll.run(cycle, this::facts);
    } catch (CallException e) {
      throw new ProviderException(
          e.failure(),
          "Cannot list the cluster behind " + server.entry().name() + ": " + e.reason(),
          cycle.apiCalls(),
          e);
    } catch (RuntimeException e) {
      throw new ProviderException(
          Failure.BUG,
          "Polling " + server.entry().name() + " failed inside the agent: " + e,
          cycle.apiCalls(),
          e);
    } finally {
      client.dropIdle();
    }
  }

  @Override
  public Look look(Tick tick) throws ProviderException {
    Cycle cycle = new Cycle(client, tick, clock.instant());
    try {
      NodeListing listing = members.ask(cycle, "/nodes", ApiClient.data(NodeListing::read));
      routes.learn(listing.fingerprints(), cycle.now());
      poll.introduce(cycle);
      return new Look(facts(), identity(), cycle.apiCalls(), listing.online(), listing.total());
    } catch (CallException e) {
      throw new ProviderException(
          e.failure(),
          "Cannot look at the cluster behind " + server.entry().name() + ": " + e.reason(),
          cycle.apiCalls(),
          e);
    } finally {
      client.dropIdle();
    }
  }

  @Override
  public @Nullable Identity identity() {
    return routes.identity();
  }

  @Override
  public Coverage coverage() {
    return poll.coverage();
  }

  @Override
  public void resumeFrom(Coverage elsewhere) {
    if (elsewhere instanceof TakenUntil taken) {
      poll.resumeFrom(taken);
    }
  }

  @Override
  public CheckReport check(Deadline deadline) throws ProviderException {
    Cycle cycle = Cycle.ofCheck(client, deadline, clock.instant());
    try {
      return new Check(server, members, routes, poll, this::facts).run(cycle);
    } catch (CallException e) {
      throw new ProviderException(
          e.failure(),
          "Cannot check " + server.entry().name() + ": " + e.reason(),
          cycle.apiCalls(),
          e);
    } finally {
      client.dropIdle();
    }
  }

  @Override
  public List<PeerCertificate.Judged> certificates() {
    return tls.shown();
  }

  /** What the agent asks of Proxmox VE. */
  public static ApiReference apiReference() {
    return new ProxmoxReference();
  }

  @Override
  public ApiReference reference() {
    return apiReference();
  }

  @Override
  public Map<String, Object> setup(Names names) {
    return Setup.of(server, names);
  }

  @Override
  public Exchange read(String path, @Nullable URI member, Deadline deadline)
      throws ProviderException {
    return new ManualRead(server, tls, proxies).read(path, member, deadline);
  }

  @Override
  public void close() {
    client.close();
  }

  private ServerFacts facts() {
    SlowFacts known = poll.facts();
    PeerCertificate certificate = client.certificate(members.current());
    return new ServerFacts(
        known.release == null ? null : known.release.text(),
        members.current().uri(),
        known.tokenExpiry == null ? null : known.tokenExpiry.at(),
        certificate == null ? null : certificate.expiresAt(),
        certificate == null ? null : certificate.fingerprint(),
        known.privileges == null ? null : known.privileges.missing(),
        null);
  }
}
