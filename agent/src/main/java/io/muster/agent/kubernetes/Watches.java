package io.muster.agent.kubernetes;

import io.muster.agent.kubernetes.Shapes.DeploymentObject;
import io.muster.agent.kubernetes.Shapes.EventObject;
import io.muster.agent.kubernetes.Shapes.NodeObject;
import io.muster.agent.kubernetes.Shapes.PodObject;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.VmState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The feeds of one cluster. */
final class Watches implements AutoCloseable {
  /**
   * Of the events that are not warnings, only these are worth a row: a pod's start alone makes four
   * others. A selector knows no "or", so each is a feed of its own.
   */
  private static final List<String> NORMAL_EVENTS_OF = List.of("Node", "Deployment");

  /** Null = an entry about one namespace sees no nodes. */
  private final @Nullable Feed<NodeObject, Node> nodes;

  private final Feed<PodObject, Pod> pods;
  private final Feed<DeploymentObject, VmState> deployments;
  private final List<Feed<EventObject, Event>> events;

  Watches(ApiClient client, Scope scope, Model model, CallCounter calls) {
    ObjectReaders readers = new ObjectReaders(client.login().cluster());
    nodes =
        scope.hasNodes()
            ? new Feed<>(
                "nodes",
                "/api/v1/nodes",
                NodeObject.class,
                readers::node,
                model.nodeStore(),
                client,
                calls)
            : null;
    pods =
        new Feed<>(
            "pods",
            scope.path("/api/v1", "pods"),
            PodObject.class,
            readers::pod,
            model.podStore(),
            client,
            calls);
    deployments =
        new Feed<>(
            "deployments",
            scope.path("/apis/apps/v1", "deployments"),
            DeploymentObject.class,
            readers::deployment,
            model.deploymentStore(),
            client,
            calls);
    EventReader reader = new EventReader(client.login().cluster());
    events =
        Stream.concat(
                Stream.of("type!=Normal"),
                NORMAL_EVENTS_OF.stream()
                    .filter(kind -> scope.hasNodes() || !kind.equals("Node"))
                    .map(kind -> "type=Normal,involvedObject.kind=" + kind))
            .map(selector ->
                new Feed<>(
                    "events",
                    scope.path("/api/v1", "events")
                        + "?fieldSelector="
                        + selector.replace("!", "%21").replace("=", "%3D").replace(",", "%2C"),
                    EventObject.class,
                    reader::read,
                    model.eventStore(selector),
                    client,
                    calls))
            .toList();
  }

  void start() {
    all().forEach(Feed::start);
  }

  /** What is not up to date, and why; by the feed's name. Blocks until each has tried. */
  Map<String, CallException> problems(Deadline deadline) throws InterruptedException {
    Map<String, CallException> problems = new LinkedHashMap<>();
    for (Feed<?, ?> feed : all().toList()) {
      CallException problem = feed.health().await(deadline);
      if (problem != null) {
        problems.putIfAbsent(feed.name(), problem);
      }
    }
    return problems;
  }

  /** Those that states are made of. */
  List<Feed<?, ?>> ofObjects() {
    return nodes == null ? List.of(pods, deployments) : List.of(pods, deployments, nodes);
  }

  private Stream<Feed<?, ?>> all() {
    return Stream.concat(ofObjects().stream(), events.stream());
  }

  @Override
  public void close() {
    all().forEach(Feed::close);
  }
}
