package io.muster.simulator.openstack;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.world.Actor;
import io.muster.simulator.openstack.world.Builds;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done to a simulated cloud through the control endpoint. */
public final class OpenStackVerbs {
  private static final int MOST_CHANGES = 10_000;
  private static final int CHANGES = 1000;

  private OpenStackVerbs() {}

  /** All verbs, each bound to the cloud. */
  public static List<Verb> of(SimulatedOpenStack cloud) {
    OpenStackWorld world = cloud.world();
    List<Verb> verbs = new ArrayList<>(cloud.faults().verbs());
    verbs.addAll(
        List.of(
            new Verb(
                "GET",
                "/control/state",
                "hosts and machines as the simulator knows them",
                arguments -> OpenStackState.of(world.cloud())),
            new Verb(
                "GET",
                "/control/statistics",
                "calls by method and path",
                arguments -> Map.of("calls", cloud.calls())),
            new Verb(
                "GET",
                "/control/changes",
                "the newest changes with their moments, the newest first; ?most=1000",
                arguments -> world.cloud().changes().newest(most(arguments))),
            Verb.post(
                "/control/hosts/{host}/hang",
                "the host's nova-compute answers and reports no more",
                arguments -> world.hang(arguments.required("host"))),
            Verb.post(
                "/control/hosts/{host}/recover",
                "the host's nova-compute works again",
                arguments -> world.recover(arguments.required("host"))),
            Verb.post(
                "/control/hosts/{host}/disable",
                "the administrator takes the host out of scheduling; ?reason=",
                arguments -> world.disable(arguments.required("host"), reason(arguments))),
            Verb.post(
                "/control/hosts/{host}/enable",
                "the administrator takes it back in",
                arguments -> world.disable(arguments.required("host"), null)),
            new Verb(
                "POST",
                "/control/servers",
                "builds a machine; ?name= &project= (else the first) &flavor= (else m1.small)",
                arguments -> Map.of("id", build(world, arguments))),
            Verb.post(
                "/control/servers/{server}/fail",
                "the machine (by id or name) goes to ERROR; ?message=",
                arguments ->
                    world
                        .builds()
                        .breakDown(
                            world.machine(arguments.required("server")), message(arguments))),
            Verb.post(
                "/control/servers/{server}/delete",
                "deletes the machine",
                arguments ->
                    world
                        .machines()
                        .delete(
                            world.machine(arguments.required("server")),
                            "delete",
                            operator(world.cloud(), world.cloud().projects().getFirst())))));
    return List.copyOf(verbs);
  }

  private static int most(Arguments arguments) {
    Long most = arguments.optionalNumber("most", 1, MOST_CHANGES);
    return most == null ? CHANGES : most.intValue();
  }

  private static String reason(Arguments arguments) {
    String reason = arguments.text("reason");
    return reason == null ? "maintenance" : reason;
  }

  private static String message(Arguments arguments) {
    String message = arguments.text("message");
    return message == null ? "The host broke it" : message;
  }

  private static String build(OpenStackWorld world, Arguments arguments) {
    Cloud cloud = world.cloud();
    Project project = project(cloud, arguments.text("project"));
    Image image =
        cloud.images().stream()
            .filter(Image::isPublic)
            .min(Comparator.comparing(Image::name))
            .orElseThrow();
    return world
        .builds()
        .create(
            new Builds.Wish(
                arguments.required("name"),
                flavor(cloud, arguments.text("flavor")),
                image.id(),
                null,
                List.of()),
            operator(cloud, project))
        .id();
  }

  private static Actor operator(Cloud cloud, Project project) {
    return new Actor(cloud.ids().hex("user", 0), project.id(), true, "req-" + UUID.randomUUID());
  }

  private static Project project(Cloud cloud, @Nullable String name) {
    return cloud.projects().stream()
        .skip(1)
        .filter(project -> name == null || project.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No project '" + name + "'"));
  }

  private static Flavor flavor(Cloud cloud, @Nullable String name) {
    String wanted = name == null ? "m1.small" : name;
    return cloud.flavors().stream()
        .filter(flavor -> flavor.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No flavor '" + wanted + "'"));
  }
}
