package io.muster.simulator.openstack.world;

import io.muster.simulator.engine.Clockwork;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A cloud that moves. */
public final class OpenStackWorld {
  private final Cloud cloud;
  private final Machines machines;
  private final Builds builds;

  /** A cloud with all that its settings want; {@code timer} lets things happen. */
  public OpenStackWorld(CloudSettings settings, ScheduledExecutorService timer) {
    Clockwork clockwork = new Clockwork(timer, settings.pace(), new ReentrantLock());
    cloud = DemoCloud.of(settings);
    Scheduler scheduler = new Scheduler(cloud);
    machines = new Machines(cloud, clockwork, scheduler);
    builds = new Builds(cloud, clockwork, machines, scheduler);
    Churn.begin(cloud, machines, clockwork);
  }

  public Cloud cloud() {
    return cloud;
  }

  public Machines machines() {
    return machines;
  }

  public Builds builds() {
    return builds;
  }

  /**
   * Begins a snapshot; answers the id of the image that will come of it.
   *
   * @param properties of the image, beside those that it has from its machine
   */
  public String snapshot(
      Instance machine, String name, Map<String, String> properties, Actor actor) {
    String id = UUID.randomUUID().toString();
    machines.act(machine, Deed.CREATE_IMAGE, new Order(null, id, null, null), actor);
    cloud.put(
        new Image(
            id,
            name,
            machine.spec().project(),
            false,
            null,
            machine.state().flavor().diskGb(),
            cloud.now(),
            cloud.now(),
            ofSnapshot(machine, properties)));
    return id;
  }

  private Map<String, String> ofSnapshot(Instance machine, Map<String, String> properties) {
    Map<String, String> all = new LinkedHashMap<>();
    String base = machine.state().image();
    Image image = cloud.image(base);
    if (image != null) {
      all.putAll(image.properties());
    }
    all.put("base_image_ref", base);
    all.put("instance_uuid", machine.id());
    all.put("user_id", machine.spec().user());
    all.put("image_type", "snapshot");
    all.putAll(properties);
    return all;
  }

  /** Asks a host by RPC, as Nova does: a dead one costs the whole time-out. */
  public void requireAnswer(@Nullable String host) throws InterruptedException {
    Compute compute = cloud.compute(host);
    if (compute != null && !compute.answersWithin(cloud.settings().rpcTimeout())) {
      throw Refusal.unexpected("oslo_messaging.exceptions.MessagingTimeout");
    }
  }

  /** The compute of a host; refuses a name that no host has. */
  public Compute compute(String host) {
    Compute compute = cloud.compute(host);
    if (compute == null) {
      List<String> names = cloud.computes().stream().map(each -> each.host().name()).toList();
      throw new IllegalArgumentException("No host '" + host + "': choose from " + names);
    }
    return compute;
  }

  /** A machine by id or name; refuses what is none. */
  public Instance machine(String idOrName) {
    Instance machine = cloud.instance(idOrName);
    if (machine != null) {
      return machine;
    }
    return cloud.living().stream()
        .filter(each -> each.state().name().equals(idOrName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No machine '" + idOrName + "'"));
  }

  /** The nova-compute of a host answers no more; its guests run on. */
  public void hang(String host) {
    Compute compute = compute(host);
    compute.hang(cloud.now());
    cloud.changes().note(compute, cloud.now());
  }

  /** It works again, and carries out what was asked meanwhile. */
  public void recover(String host) {
    Compute compute = compute(host);
    compute.recover();
    cloud.changes().note(compute, cloud.now());
  }

  /** The administrator takes a host out of scheduling, or back with null. */
  public void disable(String host, @Nullable String reason) {
    Compute compute = compute(host);
    compute.disable(reason);
    cloud.changes().note(compute, cloud.now());
  }
}
