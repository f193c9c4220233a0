package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Ids;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Network;
import io.muster.simulator.openstack.model.Pool;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Volume;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All that there is. */
public final class Cloud {
  /** Nova keeps deleted machines in its tables until somebody archives them. */
  private static final int MOST_DELETED = 1000;

  private static final Comparator<Instance> NEWEST_FIRST =
      Comparator.comparing((Instance machine) -> machine.spec().created())
          .thenComparing(Instance::id)
          .reversed();

  private final CloudSettings settings;
  private final Instant begun;
  private final Ids ids;
  private final List<Project> projects;
  private final List<Flavor> flavors;
  private final List<Compute> computes;
  private final List<Pool> pools;
  private final Network network;
  private final Map<String, Image> images = new ConcurrentHashMap<>();
  private final Map<String, Volume> volumes = new ConcurrentHashMap<>();
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final Deque<String> deleted = new ArrayDeque<>();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Changes changes = new Changes();

  Cloud(
      CloudSettings settings,
      Instant begun,
      List<Project> projects,
      List<Flavor> flavors,
      List<Compute> computes,
      List<Pool> pools,
      Network network) {
    this.settings = settings;
    this.begun = begun;
    this.ids = new Ids(settings.seed());
    this.projects = List.copyOf(projects);
    this.flavors = List.copyOf(flavors);
    this.computes = List.copyOf(computes);
    this.pools = List.copyOf(pools);
    this.network = network;
  }

  public CloudSettings settings() {
    return settings;
  }

  public Ids ids() {
    return ids;
  }

  public Instant now() {
    return settings.clock().instant();
  }

  /** When it was set up. */
  public Instant begun() {
    return begun;
  }

  public Changes changes() {
    return changes;
  }

  /** The administrator's project first. */
  public List<Project> projects() {
    return projects;
  }

  public @Nullable Project project(String id) {
    for (Project project : projects) {
      if (project.id().equals(id)) {
        return project;
      }
    }
    return null;
  }

  public List<Flavor> flavors() {
    return flavors;
  }

  public @Nullable Flavor flavor(String id) {
    for (Flavor flavor : flavors) {
      if (flavor.id().equals(id)) {
        return flavor;
      }
    }
    return null;
  }

  public List<Compute> computes() {
    return computes;
  }

  /** The compute of that host, or null for none. */
  public @Nullable Compute compute(@Nullable String host) {
    for (Compute compute : computes) {
      if (compute.host().name().equals(host)) {
        return compute;
      }
    }
    return null;
  }

  public List<Pool> pools() {
    return pools;
  }

  public Network network() {
    return network;
  }

  public Collection<Image> images() {
    return images.values();
  }

  public @Nullable Image image(String id) {
    return images.get(id);
  }

  void put(Image image) {
    images.put(image.id(), image);
  }

  /** Deletes an image. */
  public void delete(Image image) {
    images.remove(image.id());
  }

  public Collection<Volume> volumes() {
    return volumes.values();
  }

  void put(Volume volume) {
    volumes.put(volume.id(), volume);
  }

  /** The volumes that are attached to a machine. */
  public List<Volume> volumesOf(String machine) {
    return volumes.values().stream()
        .filter(volume -> {
          Volume.Attachment attachment = volume.attachment();
          return attachment != null && attachment.machine().equals(machine);
        })
        .sorted(Comparator.comparing(Volume::name))
        .toList();
  }

  /** A number that no machine has had. */
  int nextNumber() {
    return lastNumber.incrementAndGet();
  }

  void put(Instance machine) {
    instances.put(machine.id(), machine);
  }

  /** A machine, deleted ones too. */
  public @Nullable Instance instance(String id) {
    return instances.get(id);
  }

  /** All machines, deleted ones too, the newest first. */
  public List<Instance> instances() {
    return instances.values().stream().sorted(NEWEST_FIRST).toList();
  }

  /** Machines that are not deleted. */
  public List<Instance> living() {
    return instances.values().stream().filter(machine -> !machine.state().isDeleted()).toList();
  }

  /** Forgets the oldest of those that are deleted. */
  synchronized void buried(String id) {
    deleted.addLast(id);
    if (deleted.size() > MOST_DELETED) {
      instances.remove(deleted.removeFirst());
    }
  }

  /** What machines take. */
  public Usage usage() {
    return new Usage(instances.values());
  }

  /** What a machine's guest uses. */
  public Guest guest(Instance machine) {
    return new Guest(settings.seed(), machine.spec().number());
  }
}
