package io.muster.agent.proxmox;

import io.muster.protocol.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of {@code /cluster/metrics/export} read the nodes: one a node, at the node; through a
 * member with {@code node-list} where it can't be reached; one for all of those before 9.0.8.
 */
final class Exports {
  /** What the export gives in one generation's time: two of them before the watermark. */
  static final Duration BASELINES = Duration.ofSeconds(20);

  /** At the first look: a baseline or two and the newest. */
  static final Duration FIRST_LOOK = Duration.ofSeconds(30);

  /** Older samples are read in slices, so that what is now never waits for tens of megabytes. */
  static final Duration LEAST_REACH = Duration.ofSeconds(60);

  /** Of servers that are polled seldom. */
  static final Duration FARTHEST_REACH = Duration.ofMinutes(5);

  /** Before, {@code node-list} is an unknown parameter. */
  static boolean hasNodeList(@Nullable Release release) {
    return release != null && release.atLeast(9, 0, 8);
  }

  private static final String NODE_LIST = "node-list=";

  private Exports() {}

  /**
   * One call and the nodes it is to read.
   *
   * @param at null = through the member that answered last
   */
  record Call(Set<String> nodes, @Nullable Endpoint at, String path) {
    /** Whether the answer holds one node alone, whose guests may have left it since. */
    boolean isOfOne() {
      return at != null || path.contains(NODE_LIST);
    }
  }

  /** What became of a call: an export or a failure; the date is the answering machine's. */
  record Answer(
      Call call,
      Endpoint at,
      @Nullable Export export,
      @Nullable Instant date,
      @Nullable CallException failure) {
    /** Whether date and rows are those of the one node that was asked. */
    boolean isDirect() {
      return call.at() != null;
    }
  }

  static List<Call> plan(
      List<String> online,
      NodeRoutes routes,
      NodeMetrics metrics,
      @Nullable Release release,
      Instant now) {
    List<Call> calls = new ArrayList<>();
    List<String> throughMember = new ArrayList<>();
    for (String node : online) {
      if (routes.resting(node, now) != null) {
        continue;
      }
      switch (routes.of(node, now)) {
        case Route.Direct direct ->
            calls.add(
                new Call(
                    Set.of(node), direct.at(), path("local-only=1", metrics.startTime(node, now))));
        case Route.ThroughMember through -> throughMember.add(node);
      }
    }
    if (hasNodeList(release)) {
      for (String node : throughMember) {
        calls.add(new Call(Set.of(node), null, path(nodeList(node), metrics.startTime(node, now))));
      }
    } else if (!throughMember.isEmpty()) {
      calls.add(
          new Call(
              Set.copyOf(throughMember), null, path(null, start(throughMember, metrics, now))));
    }
    return calls;
  }

  /** The path that reads one node from some time on; before 9.0.8 all of them through a member. */
  static String path(String node, Route route, @Nullable Release release, long startTime) {
    return switch (route) {
      case Route.Direct direct -> path("local-only=1", startTime);
      case Route.ThroughMember through ->
          path(hasNodeList(release) ? nodeList(node) : null, startTime);
    };
  }

  private static String nodeList(String node) {
    return NODE_LIST + URLEncoder.encode(node, StandardCharsets.UTF_8);
  }

  /** Asks; a failure is an answer too. */
  static Callable<Answer> ask(Call call, Cycle cycle, Members members) {
    return () -> {
      Endpoint at = call.at();
      try {
        if (at != null) {
          return cycle.askExport(at, call.path(), reply -> answer(call, at, reply));
        }
        return members
            .askExport(cycle, call.path(), reply -> answer(call, members.current(), reply))
            .value();
      } catch (CallException e) {
        return new Answer(call, at != null ? at : members.current(), null, null, e);
      }
    };
  }

  private static Answer answer(Call call, Endpoint at, ApiClient.Reply reply) throws IOException {
    return new Answer(call, at, Export.read(reply.body()), reply.date(), null);
  }

  /** Whether the failure says that there is no export here at all, for whatever node. */
  static boolean unsupported(CallException failure) {
    return failure.failure() == Failure.FORBIDDEN || failure.status() == 501;
  }

  /** The oldest of theirs; null when all are to be asked for their last generation alone. */
  private static @Nullable Long start(List<String> nodes, NodeMetrics metrics, Instant now) {
    Long oldest = null;
    for (String node : nodes) {
      Long start = metrics.startTime(node, now);
      if (start != null) {
        oldest = oldest == null ? start : Long.valueOf(Math.min(oldest, start));
      }
    }
    return oldest;
  }

  /**
   * The part of one node of an answer that holds several and does not say whose guest is whose.
   *
   * @param left whether a guest that is elsewhere now may have been there
   */
  static Export ofNode(
      String node, Export all, Resources resources, Predicate<Resources.Guest> left) {
    Set<String> ids =
        resources.guests().stream()
            .filter(guest -> guest.node().equals(node) || left.test(guest))
            .map(Resources.Guest::id)
            .collect(Collectors.toSet());
    String own = "node/" + node;
    ids.add(own);
    return all.of(ids, own);
  }

  private static String path(@Nullable String what, @Nullable Long startTime) {
    List<String> parameters = new ArrayList<>();
    if (what != null) {
      parameters.add(what);
    }
    if (startTime != null) {
      parameters.add("history=1");
      parameters.add("start-time=" + startTime);
    }
    return "/cluster/metrics/export"
        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }
}
