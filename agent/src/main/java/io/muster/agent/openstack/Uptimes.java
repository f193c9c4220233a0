package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The load of hosts, the only one that any API of the cloud tells: a call a host, in turns. It also
 * tells, by one call, which hosts don't answer and need not be asked for their guests.
 */
final class Uptimes {
  /** With 50 ms a call and eight at once a poll takes a quarter of a second longer. */
  private static final int MOST = 40;

  private static final int NOT_IMPLEMENTED = 501;
  private static final int HOST_IS_DOWN = 400;

  private final Session session;
  private final Parts parts;
  private final HostGate gate;
  private final Unable unable = new Unable();
  private final Map<String, Long> turns = new HashMap<>();
  private long turn;

  Uptimes(Session session, Parts parts, HostGate gate) {
    this.session = session;
    this.parts = parts;
    this.gate = gate;
  }

  /** By host; of those whose turn it is and that are up. */
  Map<String, Uptime> read(List<Host> hosts, Round round) throws InterruptedException {
    Map<String, Uptime> read = new ConcurrentHashMap<>();
    if (!round.versions().hasHypervisorNumbers()) {
      return read; // gone from the API
    }
    turns.keySet().retainAll(new HashSet<>(hosts.stream().map(Host::name).toList()));
    List<Host> due =
        hosts.stream()
            .filter(host -> host.isUp() && host.id() != null)
            .filter(host -> gate.isOpen(host.name(), round.at()))
            .filter(host -> !unable.contains(host.name(), round.at()))
            .sorted(
                Comparator.<Host>comparingLong(host -> turns.getOrDefault(host.name(), 0L))
                    .thenComparing(Host::name))
            .limit(MOST)
            .toList();
    parts.run(Part.UPTIMES, round.at(), () -> ask(due, round, read));
    return read;
  }

  private void ask(List<Host> due, Round round, Map<String, Uptime> read)
      throws CallException, InterruptedException {
    AtomicReference<@Nullable CallException> refused = new AtomicReference<>();
    Set<String> asked = ConcurrentHashMap.newKeySet();
    Abreast abreast = new Abreast(session.threads());
    for (Host host : due) {
      abreast.start(() -> {
        if (refused.get() != null || round.deadline().remaining().compareTo(HostGate.CHANCE) < 0) {
          return;
        }
        try {
          asked.add(host.name());
          Uptime uptime = uptime(host, round);
          if (uptime != null) {
            read.put(host.name(), uptime);
          }
        } catch (CallException e) {
          if (e.isForbidden() || e.failure() == Failure.UNAUTHORIZED) {
            refused.set(e);
          } else {
            rest(host, round, e);
          }
        }
      });
    }
    abreast.await();
    turn++;
    asked.forEach(name -> turns.put(name, turn));
    CallException problem = refused.get();
    if (problem != null) {
      throw problem;
    }
  }

  private void rest(Host host, Round round, CallException e) {
    if (e.status() == NOT_IMPLEMENTED || e.isAbsent()) {
      unable.add(host.name(), round.at());
    } else if (e.status() != HOST_IS_DOWN) {
      gate.silent(host.name(), round, e);
    }
  }

  private @Nullable Uptime uptime(Host host, Round round) throws CallException {
    Deadline patience = round.deadline().atMost(HostGate.PATIENCE);
    return Uptime.parse(
        session
            .get(
                Service.COMPUTE,
                "/os-hypervisors/" + host.id() + "/uptime",
                round.version(),
                patience,
                round.calls())
            .path("hypervisor")
            .path("uptime")
            .asText(""));
  }
}
