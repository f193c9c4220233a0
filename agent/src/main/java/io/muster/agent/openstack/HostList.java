package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.openstack.Shapes.HypervisorShape;
import io.muster.agent.openstack.Shapes.ResourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The cloud's hosts: from Nova, which up to 2.87 also tells what they have and gave away; else that
 * is Placement's to tell, which knows it to the last allocation.
 */
final class HostList {
  private final Session session;
  private final Parts parts;

  HostList(Session session, Parts parts) {
    this.session = session;
    this.parts = parts;
  }

  /** Null = neither tells. */
  @Nullable List<Host> read(Round round) throws InterruptedException {
    Map<String, Host> hosts = new TreeMap<>();
    parts.run(Part.HYPERVISORS, round.at(), () -> hypervisors(round, hosts));
    if (parts.problem(Part.HYPERVISORS) == null && round.versions().hasHypervisorNumbers()) {
      return List.copyOf(hosts.values());
    }
    boolean listed = parts.problem(Part.HYPERVISORS) == null;
    if (listed || parts.isForbidden(Part.HYPERVISORS)) {
      parts.run(Part.PLACEMENT, round.at(), () -> capacities(round, hosts, listed));
    }
    return hosts.isEmpty() && !listed ? null : List.copyOf(hosts.values());
  }

  /** Without details where these would ask every host. */
  private void hypervisors(Round round, Map<String, Host> hosts) throws CallException {
    String path = round.versions().hasHypervisorNumbers() ? "/detail" : "";
    session.<HypervisorShape>list(
        Service.COMPUTE,
        "/os-hypervisors" + path + "?limit=" + Session.PAGE,
        round.version(),
        "hypervisors",
        Json.reader(HypervisorShape.class),
        shape -> {
          Host host = Host.of(shape);
          if (host != null) {
            hosts.put(host.name(), host);
          }
        },
        round.deadline(),
        round.calls());
  }

  private void capacities(Round round, Map<String, Host> hosts, boolean listed)
      throws CallException, InterruptedException {
    List<ResourceProvider> providers = new ArrayList<>();
    session.<ResourceProvider>list(
        Service.PLACEMENT,
        "/resource_providers",
        null,
        "resource_providers",
        Json.reader(ResourceProvider.class),
        providers::add,
        round.deadline(),
        round.calls());
    ConcurrentMap<String, Host> read = new ConcurrentHashMap<>();
    ConcurrentMap<String, CallException> failed = new ConcurrentHashMap<>();
    Abreast abreast = new Abreast(session.threads());
    for (ResourceProvider provider : providers) {
      String name = provider.name();
      if (name == null || (listed && !hosts.containsKey(name))) {
        continue;
      }
      Host host = hosts.getOrDefault(name, Host.named(name));
      abreast.start(() -> {
        try {
          Host.Capacity capacity = capacity(round, provider);
          if (capacity != null) {
            read.put(name, host.with(capacity));
          }
        } catch (CallException e) {
          failed.put(name, e);
        }
      });
    }
    abreast.await();
    hosts.putAll(read);
    if (!failed.isEmpty()) {
      throw failed.values().iterator().next();
    }
  }

  /** Null = it is no host: a part of one, or shared storage. */
  private Host.@Nullable Capacity capacity(Round round, ResourceProvider provider)
      throws CallException {
    String path = "/resource_providers/" + provider.uuid();
    JsonNode inventories =
        session
            .get(Service.PLACEMENT, path + "/inventories", null, round.deadline(), round.calls())
            .path("inventories");
    JsonNode cores = inventories.path("VCPU");
    if (!cores.isObject()) {
      return null;
    }
    JsonNode usages =
        session
            .get(Service.PLACEMENT, path + "/usages", null, round.deadline(), round.calls())
            .path("usages");
    JsonNode memory = inventories.path("MEMORY_MB");
    JsonNode memoryUsed = usages.path("MEMORY_MB");
    return new Host.Capacity(
        cores.path("total").asDouble(),
        usages.path("VCPU").isNumber() ? usages.path("VCPU").asDouble() : null,
        memory.path("total").isNumber() ? Units.mib(memory.path("total").asLong()) : null,
        memoryUsed.isNumber()
            ? Units.mib(memoryUsed.asLong() + memory.path("reserved").asLong())
            : null);
  }
}
