package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.openstack.Shapes.Attachment;
import io.muster.agent.openstack.Shapes.Capabilities;
import io.muster.agent.openstack.Shapes.PoolShape;
import io.muster.agent.openstack.Shapes.ServiceShape;
import io.muster.agent.openstack.Shapes.VolumeShape;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.StorageSample.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pools and volumes of Cinder. One thread at a time. */
final class Storages {
  private static final String VOLUME_SERVICE = "cinder-volume";

  private final Session session;
  private final Parts parts;
  private final Set<String> knownPools = new HashSet<>();
  private volatile Map<String, Long> attachedBytes = Map.of();
  private Services services = Services.UNKNOWN;

  Storages(Session session, Parts parts) {
    this.session = session;
    this.parts = parts;
  }

  /**
   * What was read now.
   *
   * @param broken volumes in an error's state
   */
  record Answer(List<Sample> samples, List<VolumeShape> broken, @Nullable Services services) {}

  Answer read(Round round) throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    List<VolumeShape> broken = new ArrayList<>();
    boolean asked = parts.isDue(Part.VOLUME_SERVICES, round.at());
    parts.run(
        Part.VOLUME_SERVICES,
        round.at(),
        () -> services = Services.read(session, Service.VOLUME, round));
    boolean told = asked && parts.problem(Part.VOLUME_SERVICES) == null;
    parts.run(Part.POOLS, round.at(), () -> pools(round, samples));
    parts.run(Part.VOLUMES, round.at(), () -> volumes(round, broken));
    return new Answer(samples, broken, told ? services : null);
  }

  /** Bytes of the volumes that an instance has; null = not known. */
  @Nullable Long attachedTo(String instance) {
    CallException problem = parts.problem(Part.VOLUMES);
    return problem == null || problem.isAbsent() ? attachedBytes.getOrDefault(instance, 0L) : null;
  }

  private void pools(Round round, List<Sample> samples) throws CallException {
    Map<String, Boolean> backends = backends();
    Set<String> seen = new HashSet<>();
    session.<PoolShape>list(
        Service.VOLUME,
        "/scheduler-stats/get_pools?detail=true",
        null,
        "pools",
        Json.reader(PoolShape.class),
        pool -> {
          String name = pool.name();
          if (name != null && seen.add(name)) {
            samples.add(sample(name, pool.capabilities(), backends.get(backend(name)), round));
          }
        },
        round.deadline(),
        round.calls());
    knownPools.addAll(seen);
    // The scheduler forgets pools of a backend that is not heard of: we do not.
    for (String name : knownPools) {
      if (!seen.contains(name) && Boolean.FALSE.equals(backends.get(backend(name)))) {
        samples.add(
            new StorageSample(round.at(), null, name, null, Status.UNAVAILABLE, null, null));
      }
    }
    for (Map.Entry<String, Boolean> backend : backends.entrySet()) {
      boolean hasPool =
          knownPools.stream().anyMatch(name -> backend(name).equals(backend.getKey()));
      if (!backend.getValue() && !hasPool) {
        samples.add(
            new StorageSample(
                round.at(), null, backend.getKey(), null, Status.UNAVAILABLE, null, null));
      }
    }
  }

  private static StorageSample sample(
      String name, @Nullable Capabilities of, @Nullable Boolean up, Round round) {
    Double total = of == null ? null : number(of.total());
    Double free = of == null ? null : number(of.free());
    JsonNode protocol = of == null ? null : of.protocol();
    JsonNode kind = protocol != null && protocol.isArray() ? protocol.path(0) : protocol;
    return new StorageSample(
        round.at(),
        null,
        name,
        kind == null || !kind.isTextual() ? null : kind.asText(),
        up == null ? Status.UNKNOWN : up ? Status.AVAILABLE : Status.UNAVAILABLE,
        total == null || free == null || free > total ? null : Units.gib(total - free),
        total == null ? null : Units.gib(total.doubleValue()));
  }

  private static @Nullable Double number(@Nullable JsonNode size) {
    return size != null && size.isNumber() && size.asDouble() >= 0 ? size.asDouble() : null;
  }

  /** {@code host@backend} of {@code host@backend#pool}. */
  private static String backend(String pool) {
    int hash = pool.indexOf('#');
    return hash < 0 ? pool : pool.substring(0, hash);
  }

  private Map<String, Boolean> backends() {
    Map<String, Boolean> up = new HashMap<>();
    if (parts.problem(Part.VOLUME_SERVICES) == null) {
      for (ServiceShape service : services.others()) {
        if (VOLUME_SERVICE.equals(service.binary()) && service.host() != null) {
          up.put(service.host(), Services.isUp(service));
        }
      }
    }
    return up;
  }

  private void volumes(Round round, List<VolumeShape> broken) throws CallException {
    Map<String, Long> attached = new HashMap<>();
    session.<VolumeShape>list(
        Service.VOLUME,
        "/volumes/detail?all_tenants=1&limit=" + Session.PAGE, // ignored where not allowed
        null,
        "volumes",
        Json.reader(VolumeShape.class),
        volume -> {
          if (volume.status() != null && volume.status().startsWith("error")) {
            broken.add(volume);
          }
          Long bytes = Units.gib(volume.size());
          List<Attachment> to = volume.attachments();
          if (bytes != null && to != null) {
            to.stream()
                .map(Attachment::server)
                .filter(server -> server != null)
                .forEach(server -> attached.merge(server, bytes, Long::sum));
          }
        },
        round.deadline(),
        round.calls());
    attachedBytes = Map.copyOf(attached);
  }
}
