package io.muster.simulator.openstack.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.openstack.model.ActionEvent;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Ids;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceAction;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Pool;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.VmState;
import io.muster.simulator.openstack.model.Volume;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The machines that are there from the start, some of them in trouble. */
final class DemoMachines {
  private static final List<String> ROLES =
      List.of("web", "api", "worker", "db", "cache", "queue", "batch", "proxy");

  private static final Duration OLDEST = Duration.ofDays(180);

  /**
   * Of so many machines one has a volume; no divisor of the usual four projects, so all have some.
   */
  private static final int VOLUME_EVERY = 5;

  /** The most common flavors come more than once. */
  private static final int[] FLAVORS = {0, 1, 1, 2, 2, 2, 3, 3, 4};

  /** Below this number of machines there is no room for troubles. */
  private static final int FEWEST_WITH_TROUBLES = 10;

  private final Cloud cloud;
  private final Ids ids;
  private final long seed;
  private final List<String> images;

  DemoMachines(Cloud cloud) {
    this.cloud = cloud;
    this.ids = cloud.ids();
    this.seed = cloud.settings().seed();
    this.images =
        cloud.images().stream().sorted(Comparator.comparing(Image::name)).map(Image::id).toList();
  }

  void fill() {
    int all = cloud.settings().instances();
    for (int i = 0; i < all; i++) {
      Instance machine = machine(cloud.nextNumber());
      cloud.put(machine);
      if (machine.spec().number() % VOLUME_EVERY == 0) {
        cloud.put(volume(machine));
      }
    }
    if (cloud.settings().troubles() && all >= FEWEST_WITH_TROUBLES) {
      new Troubles(cloud).begin();
    }
  }

  private Instance machine(int number) {
    List<Project> projects = cloud.projects();
    // The administrator's own project has none.
    Project project = projects.get(1 + number % (projects.size() - 1));
    Flavor flavor = cloud.flavors().get(FLAVORS[chance(FLAVORS.length, number, "flavor")]);
    String host = cloud.computes().get(number % cloud.computes().size()).host().name();
    Instant created =
        cloud
            .now()
            .minusSeconds(chance((int) OLDEST.toSeconds(), number, "age") + 3600L)
            .truncatedTo(ChronoUnit.SECONDS);
    Instant launched = created.plusSeconds(9);
    String name =
        "%s-%s-%d"
            .formatted(project.name(), ROLES.get(chance(ROLES.size(), number, "role")), number);
    String user = ids.hex("user", 1);
    Instance machine =
        new Instance(
            new InstanceSpec(
                ids.uuid("instance", number),
                number,
                project.id(),
                user,
                name,
                created,
                DemoCloud.port(ids, number),
                number % 3 == 0 ? List.of("backup") : List.of()),
            InstanceState.unscheduled(
                name, flavor, images.get(chance(images.size(), number, "image")), created));
    machine.change(draft ->
        draft
            .host(host)
            .settle(VmState.ACTIVE, PowerState.RUNNING)
            .launched(launched)
            .booted(launched)
            .updated(launched));
    machine.begin(
        new InstanceAction(
            "create",
            "req-" + ids.uuid("request", number),
            user,
            project.id(),
            created,
            launched,
            null,
            List.of(
                new ActionEvent(
                    "compute__do_build_and_run_instance", created, launched, null, host))));
    if (number % 9 == 0) {
      stopped(machine, launched.plusSeconds(1800));
    }
    return machine;
  }

  private int chance(int bound, int number, String what) {
    return Noise.below(bound, seed, number, Noise.of(what));
  }

  private void stopped(Instance machine, Instant at) {
    machine.change(
        draft -> draft.settle(VmState.STOPPED, PowerState.SHUTDOWN).booted(null).updated(at));
    InstanceSpec spec = machine.spec();
    machine.begin(
        new InstanceAction(
            "stop",
            "req-" + ids.uuid("stop", spec.number()),
            spec.user(),
            spec.project(),
            at,
            at.plusSeconds(2),
            null,
            List.of(
                new ActionEvent(
                    "compute_stop_instance",
                    at,
                    at.plusSeconds(2),
                    null,
                    machine.state().host()))));
  }

  private Volume volume(Instance machine) {
    InstanceSpec spec = machine.spec();
    Pool pool = cloud.pools().get(spec.number() / VOLUME_EVERY % cloud.pools().size());
    String id = ids.uuid("volume", spec.number());
    Instant since = spec.created().plusSeconds(60);
    return new Volume(
        id,
        spec.hostname() + "-data",
        spec.project(),
        spec.user(),
        "in-use",
        10 * (1 + chance(20, spec.number(), "volume")),
        pool.name(),
        spec.created(),
        since,
        new Volume.Attachment(
            UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString(),
            spec.id(),
            "/dev/vdb",
            since));
  }
}
