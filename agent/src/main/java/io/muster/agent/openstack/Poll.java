package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmState;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One round: what there is and how it is, side by side; then, in the time that is left, what guests
 * use and what was done to those that changed.
 */
final class Poll {
  /** What is left of the poll's time to put the snapshot together. */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private final String region;
  private final CloudClock clock;
  private final Parts parts;
  private final InstanceList instances;
  private final HostList hosts;
  private final Uptimes uptimes;
  private final DiagnosticsRota diagnostics;
  private final Projects projects;
  private final Quotas quotas;
  private final Storages storages;
  private final News news;
  private final SkewEvents skews;
  private final SampleMaker samples = new SampleMaker();
  private final Session session;
  private Services services = Services.UNKNOWN;
  private @Nullable Instant lastTick;
  private volatile @Nullable Boolean allProjects;

  Poll(Session session, Parts parts, CloudClock clock) {
    this.session = session;
    this.region = session.region();
    this.clock = clock;
    this.parts = parts;
    this.instances = new InstanceList(session, parts);
    this.hosts = new HostList(session, parts);
    HostGate gate = new HostGate();
    this.uptimes = new Uptimes(session, parts, gate);
    this.diagnostics = new DiagnosticsRota(session, parts, gate, clock);
    this.projects = new Projects(session, parts);
    this.quotas = new Quotas(session, parts, projects);
    this.storages = new Storages(session, parts);
    this.news = new News(session, parts);
    this.skews = new SkewEvents(region);
  }

  /** Null = not known yet. */
  @Nullable Boolean seesAllProjects() {
    return allProjects;
  }

  /** Asks for what the account may see, unless that is known. */
  void learnScope(ComputeVersions versions, Tick tick, CallCounter calls) throws CallException {
    if (allProjects == null) {
      try {
        session.get(
            Service.COMPUTE,
            "/servers?all_tenants=1&limit=1",
            versions.chosen(),
            tick.deadline(),
            calls);
        allProjects = true;
      } catch (CallException e) {
        if (!e.isForbidden()) {
          throw e;
        }
        allProjects = false;
      }
    }
  }

  /** What is read side by side. */
  private static final class Seen {
    InstanceList.@Nullable Listing listing;
    @Nullable CallException listingProblem;
    @Nullable List<Host> hosts;
    Map<String, Uptime> uptimes = Map.of();
    List<Sample> quotas = List.of();
    Storages.Answer storages = new Storages.Answer(List.of(), List.of(), null);

    Collection<Instance> instances() {
      return listing == null ? List.of() : listing.instances();
    }

    Collection<Host> hostsOrNone() {
      return hosts == null ? List.of() : hosts;
    }
  }

  Snapshot run(Tick tick, ComputeVersions versions, CallCounter calls, Supplier<ServerFacts> facts)
      throws CallException, InterruptedException {
    Deadline deadline = tick.deadline().atMost(tick.deadline().remaining().minus(RESERVE));
    Round round = new Round(tick.at(), tick.interval(), deadline, calls, versions);
    Seen seen = see(round);
    requireSomething(seen);
    InstanceList.Listing listing = seen.listing;
    boolean whole = listing != null && listing.allProjects();
    allProjects = listing == null ? allProjects : Boolean.valueOf(whole);
    projects.missing(seen.instances(), round);
    StateMaker states = new StateMaker(region, seen.hostsOrNone(), services);
    List<Event> events = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    List<Sample> numbers = numbers(seen, states, round, gaps);
    events.addAll(news.read(seen.storages, seen.listing, services, round));
    List<NodeState> nodes = states.nodes(seen.instances(), whole);
    Duration skew = clock.takeSkew();
    events.addAll(skews.of(skew, tick.at()));
    gaps.addAll(parts.gaps());
    boolean hasNodes = seen.hosts != null;
    return new Snapshot(
        facts.get(),
        nodes,
        vms(seen, states),
        numbers,
        events,
        hasNodes && parts.problem(Part.HYPERVISORS) == null,
        whole && parts.problem(Part.INSTANCE_DETAILS) == null,
        gaps,
        calls.take(),
        hasNodes ? (int) nodes.stream().filter(SampleMaker::isOnline).count() : null,
        hasNodes ? nodes.size() : null,
        skew == null ? null : skew.toMillis());
  }

  private Seen see(Round round) throws CallException, InterruptedException {
    Seen seen = new Seen();
    AtomicReference<@Nullable CallException> signIn = new AtomicReference<>();
    Abreast abreast = new Abreast(session.threads());
    abreast.start(() -> {
      try {
        seen.listing = instances.read(round);
      } catch (CallException e) {
        seen.listingProblem = e;
        parts.failed(Part.INSTANCE_DETAILS, round.at(), e);
      }
    });
    abreast.start(() -> {
      seen.hosts = hosts.read(round);
      seen.uptimes = uptimes.read(seen.hosts == null ? List.of() : seen.hosts, round);
    });
    abreast.start(() ->
        parts.run(
            Part.SERVICES,
            round.at(),
            () -> services = Services.read(session, Service.COMPUTE, round)));
    abreast.start(() -> {
      try {
        projects.refresh(round);
        seen.quotas = quotas.read(round);
      } catch (CallException e) {
        signIn.set(e);
      }
    });
    abreast.start(() -> seen.storages = storages.read(round));
    abreast.await();
    CallException problem = signIn.get();
    if (problem != null) {
      throw problem;
    }
    if (parts.problem(Part.SERVICES) != null) {
      services = Services.UNKNOWN;
    }
    return seen;
  }

  /**
   * A list that takes too long wants more time, one that is refused another credential; and of a
   * cloud without Nova there is nothing to say.
   */
  private void requireSomething(Seen seen) throws CallException {
    CallException problem = seen.listingProblem;
    if (problem == null) {
      return;
    }
    boolean nothing = seen.hosts == null;
    if (nothing
        || problem.failure() == Failure.UNAUTHORIZED
        || problem.failure() == Failure.DEADLINE_EXCEEDED) {
      throw problem;
    }
  }

  private List<Sample> numbers(Seen seen, StateMaker states, Round round, List<Gap> gaps)
      throws InterruptedException {
    List<Instance> running =
        seen.instances().stream()
            .filter(Instance::isRunning)
            .filter(instance -> seen.hosts == null || states.isUp(instance.node()))
            .toList();
    DiagnosticsRota.Answer usage = diagnostics.read(running, round);
    gaps.addAll(usage.gaps());
    Set<String> ids = running.stream().map(Instance::id).collect(Collectors.toSet());
    samples.rates().retain(ids);
    Instant last = lastTick;
    if (last != null && !round.at().isAfter(last)) {
      return List.of(); // this moment has its rows
    }
    lastTick = round.at();
    List<Sample> numbers = new ArrayList<>(seen.quotas);
    numbers.addAll(seen.storages.samples());
    if (seen.hosts != null) {
      numbers.addAll(SampleMaker.nodes(seen.hosts, seen.uptimes, round));
      numbers.add(SampleMaker.cluster(region, states.nodes(seen.instances(), false), round.at()));
    }
    usage
        .read()
        .forEach((instance, read) ->
            numbers.add(
                samples.measured(instance, read, storages.attachedTo(instance.id()), round.at())));
    if (parts.isForbidden(Part.DIAGNOSTICS)) {
      running.forEach(instance ->
          numbers.add(SampleMaker.sized(instance, storages.attachedTo(instance.id()), round.at())));
    }
    return numbers;
  }

  private List<VmState> vms(Seen seen, StateMaker states) {
    InstanceList.Listing listing = seen.listing;
    if (listing == null) {
      return List.of();
    }
    List<VmState> vms = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (Instance instance : listing.instances()) {
      there.add(instance.id());
      vms.add(states.vm(instance, projects));
    }
    if (!listing.allProjects()) {
      listing.removed().stream()
          .filter(instance -> !there.contains(instance.id()))
          .forEach(instance -> vms.add(states.removed(instance, projects)));
    }
    return vms;
  }
}
