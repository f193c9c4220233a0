package io.muster.simulator.openstack.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Host;
import io.muster.simulator.openstack.model.Ids;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Network;
import io.muster.simulator.openstack.model.Pool;
import io.muster.simulator.openstack.model.Port;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cloud as a company has it, the same for the same settings. */
final class DemoCloud {
  private static final List<String> PROJECTS =
      List.of("shop", "billing", "analytics", "platform", "website", "lab");

  private static final List<Flavor> FLAVORS =
      List.of(
          new Flavor("1", "m1.tiny", 1, 512, 1, Map.of()),
          new Flavor("2", "m1.small", 1, 2048, 20, Map.of("hw:cpu_policy", "shared")),
          new Flavor("3", "m1.medium", 2, 4096, 40, Map.of()),
          new Flavor("4", "m1.large", 4, 8192, 80, Map.of()),
          new Flavor("5", "m1.xlarge", 8, 16_384, 160, Map.of()),
          new Flavor("9", "m1.huge", 5000, 9_000_000, 10, Map.of()));

  private static final List<String> IMAGES =
      List.of("debian-13", "ubuntu-24.04", "rocky-9", "windows-2025");

  /** How long ago the cloud was set up. */
  private static final Duration AGE = Duration.ofDays(200);

  /** Service ids before 2.53 count all services; conductor and scheduler come first. */
  private static final int CONTROLLER_SERVICES = 2;

  private DemoCloud() {}

  static Cloud of(CloudSettings settings) {
    Ids ids = new Ids(settings.seed());
    List<Project> projects = projects(settings, ids);
    List<Compute> computes = new ArrayList<>();
    for (int number = 1; number <= settings.hosts(); number++) {
      computes.add(new Compute(host(number, settings, ids), settings.serviceDown()));
    }
    Cloud cloud =
        new Cloud(
            settings,
            settings.clock().instant().minus(AGE),
            projects,
            FLAVORS,
            computes,
            pools(),
            network(ids, projects));
    for (int i = 0; i < IMAGES.size(); i++) {
      cloud.put(image(ids, i, projects.getFirst(), cloud.begun()));
    }
    new DemoMachines(cloud).fill();
    return cloud;
  }

  private static List<Project> projects(CloudSettings settings, Ids ids) {
    List<Project> projects = new ArrayList<>();
    projects.add(
        new Project(
            ids.hex("project", 0),
            "admin",
            "Bootstrap project for initializing the cloud.",
            new Quota(50, -1, -1, 10, 1000)));
    for (int number = 1; number <= settings.projects(); number++) {
      String name = PROJECTS.get((number - 1) % PROJECTS.size());
      int round = (number - 1) / PROJECTS.size();
      // Room for half as much again as it has.
      int share = 10 + 2 * settings.instances() / settings.projects();
      projects.add(
          new Project(
              ids.hex("project", number),
              round == 0 ? name : name + "-" + (round + 1),
              "What " + name + " runs",
              new Quota(share, 8 * share, 16_384 * share, 2 * share, 200 * share)));
    }
    return projects;
  }

  private static Host host(int number, CloudSettings settings, Ids ids) {
    boolean large = Noise.below(3, settings.seed(), number, Noise.of("host")) == 0;
    return new Host(
        number,
        "compute-%02d.cloud.example".formatted(number),
        ids.uuid("host", number),
        ids.uuid("service", number + CONTROLLER_SERVICES),
        number + CONTROLLER_SERVICES,
        large ? 128 : 64,
        large ? 524_288 : 262_144,
        large ? 8000 : 4000,
        "nova",
        "10.9.%d.%d".formatted(number / 250, 1 + number % 250));
  }

  private static List<Pool> pools() {
    return List.of(
        new Pool("storage-1@ceph", "ceph", 100_000, 21_000),
        new Pool("storage-2@ssd", "ssd", 20_000, 9_000));
  }

  private static Network network(Ids ids, List<Project> projects) {
    return new Network(
        ids.uuid("network", 1),
        "company-net",
        projects.getFirst().id(),
        ids.uuid("subnet", 1),
        "10.20.0.0/16",
        "10.20.0.1");
  }

  private static Image image(Ids ids, int number, Project owner, Instant begun) {
    String name = IMAGES.get(number);
    return new Image(
        ids.uuid("image", number),
        name,
        owner.id(),
        true,
        (number + 1) * 1_048_576L * 512,
        number,
        begun,
        begun,
        Map.of(
            "os_distro",
            name.replaceFirst("-.*", ""),
            "os_type",
            name.startsWith("windows") ? "windows" : "linux"));
  }

  /** The port of the machine with that number. */
  static Port port(Ids ids, int number) {
    // .0.1 is the gateway.
    int address = number + 10;
    return new Port(
        ids.uuid("port", number),
        ids.mac(number),
        "10.20.%d.%d".formatted((address >> 8) & 0xFF, address & 0xFF));
  }
}
