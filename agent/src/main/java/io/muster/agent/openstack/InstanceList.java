package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.openstack.Shapes.BriefShape;
import io.muster.agent.openstack.Shapes.ServerShape;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All instances that the account may see: listed in full now and then, by their changes between.
 * One thread at a time.
 */
final class InstanceList {
  /** What a change list could miss is missed no longer than this. */
  private static final Duration FULL_PERIOD = Duration.ofMinutes(5);

  /** Conductors write {@code updated} by clocks of their own, seconds apart. */
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  /** What went while the agent was away is said if it went in this time. */
  private static final Duration LOOK_BACK = Duration.ofDays(1);

  private static final ObjectReader SERVERS = Json.reader(ServerShape.class);
  private static final ObjectReader BRIEF = Json.reader(BriefShape.class);

  private final Session session;
  private final Parts parts;
  private Map<String, Instance> known = new LinkedHashMap<>();
  private boolean allProjects;
  private @Nullable Instant newest;
  private @Nullable Instant fullAt;

  InstanceList(Session session, Parts parts) {
    this.session = session;
    this.parts = parts;
  }

  /**
   * What there is.
   *
   * @param changed of them, those with news since the last listing
   * @param removed what went
   * @param allProjects whether the account may see everything
   */
  record Listing(
      Collection<Instance> instances,
      List<Instance> changed,
      List<Instance> removed,
      boolean allProjects) {
    Listing {
      instances = List.copyOf(instances);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }
  }

  Listing read(Round round) throws CallException {
    Instant last = fullAt;
    Instant since = newest;
    boolean full =
        last == null
            || since == null
            || Duration.between(last, round.at()).compareTo(FULL_PERIOD) >= 0
            || (!allProjects && parts.isDue(Part.ALL_PROJECTS, round.at()));
    try {
      return full || since == null ? full(round) : changes(round, since.minus(OVERLAP));
    } catch (CallException e) {
      if (since == null || !e.isServerError()) {
        throw e;
      }
      return unchanged(round, since, e);
    }
  }

  private Listing full(Round round) throws CallException {
    Map<String, Instance> seen = new LinkedHashMap<>();
    boolean all = mayTryAll(round) && tryAll(round, seen);
    if (!all) {
      seen.clear();
      list("?", round, instance -> seen.put(instance.id(), instance));
    }
    List<Instance> removed = new ArrayList<>();
    if (fullAt == null && !all) {
      list(
          "?changes-since=" + text(round.at().minus(LOOK_BACK)) + "&",
          round,
          instance -> {
            if (instance.isDeleted()) {
              removed.add(instance);
            }
          });
    } else if (!all && !allProjects) {
      known.values().stream().filter(old -> !seen.containsKey(old.id())).forEach(removed::add);
    }
    List<Instance> changed = new ArrayList<>();
    seen.replaceAll((id, instance) -> merge(instance, changed));
    known = seen;
    allProjects = all;
    fullAt = round.at();
    return new Listing(known.values(), changed, removed, all);
  }

  private boolean mayTryAll(Round round) {
    return !parts.isForbidden(Part.ALL_PROJECTS) || parts.isDue(Part.ALL_PROJECTS, round.at());
  }

  private boolean tryAll(Round round, Map<String, Instance> seen) throws CallException {
    try {
      list("?all_tenants=1&", round, instance -> seen.put(instance.id(), instance));
      parts.well(Part.ALL_PROJECTS, round.at());
      return true;
    } catch (CallException e) {
      if (!e.isForbidden()) {
        throw e;
      }
      parts.failed(Part.ALL_PROJECTS, round.at(), e);
      return false;
    }
  }

  private Listing changes(Round round, Instant since) throws CallException {
    List<Instance> seen = new ArrayList<>();
    list(scope() + "changes-since=" + text(since) + "&", round, seen::add);
    List<Instance> changed = new ArrayList<>();
    List<Instance> removed = new ArrayList<>();
    for (Instance instance : seen) {
      if (instance.isDeleted()) {
        note(instance);
        if (known.remove(instance.id()) != null) {
          removed.add(instance);
        }
      } else {
        known.put(instance.id(), merge(instance, changed));
      }
    }
    return new Listing(known.values(), changed, removed, allProjects);
  }

  /**
   * Details can't be had, as without Neutron; which ones changed can: the others are as they were.
   */
  private Listing unchanged(Round round, Instant since, CallException problem)
      throws CallException {
    Set<String> changed = new HashSet<>();
    session.<BriefShape>list(
        Service.COMPUTE,
        "/servers"
            + scope()
            + "changes-since="
            + text(since.plusSeconds(1))
            + "&limit="
            + Session.PAGE,
        round.version(),
        "servers",
        BRIEF,
        brief -> {
          if (brief.id() != null) {
            changed.add(brief.id());
          }
        },
        round.deadline(),
        round.calls());
    parts.failed(Part.INSTANCE_DETAILS, round.at(), problem);
    return new Listing(
        known.values().stream()
            .map(instance -> changed.contains(instance.id()) ? instance.outOfSight() : instance)
            .toList(),
        List.of(),
        List.of(),
        allProjects);
  }

  private void list(String query, Round round, Consumer<Instance> taker) throws CallException {
    session.<ServerShape>list(
        Service.COMPUTE,
        "/servers/detail" + query + "limit=" + Session.PAGE,
        round.version(),
        "servers",
        SERVERS,
        shape -> {
          Instance instance = Instance.of(shape);
          if (instance != null) {
            taker.accept(instance);
          }
        },
        round.deadline(),
        round.calls());
    parts.well(Part.INSTANCE_DETAILS, round.at());
  }

  private Instance merge(Instance now, List<Instance> changed) {
    note(now);
    Instance before = known.get(now.id());
    if (before != null && now.name() == null && now.status().equals(Instance.UNKNOWN)) {
      return before.outOfSight();
    }
    if (before == null
        || (now.updated() != null && !now.updated().equals(before.updated()))
        || !now.status().equals(before.status())) {
      changed.add(now);
    }
    return now;
  }

  private void note(Instance instance) {
    Instant updated = instance.updated();
    if (updated != null && (newest == null || updated.isAfter(newest))) {
      newest = updated;
    }
  }

  private String scope() {
    return allProjects ? "?all_tenants=1&" : "?";
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
