package io.muster.simulator.openstack.compute;

import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.model.TaskState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Which machines a list has. What a member may not filter by is dropped without a word. */
final class ServerFilter implements Predicate<Instance> {
  private static final Set<String> KNOWN =
      Set.of(
          "all_tenants",
          "limit",
          "marker",
          "sort_key",
          "sort_dir",
          "status",
          "name",
          "host",
          "node",
          "project_id",
          "tenant_id",
          "user_id",
          "flavor",
          "image",
          "deleted",
          "changes-since",
          "changes-before",
          "vm_state",
          "task_state",
          "uuid",
          "locked",
          "ip",
          "ip6",
          "tags",
          "tags-any",
          "not-tags",
          "not-tags-any",
          "availability_zone",
          "power_state",
          "hostname",
          "reservation_id");

  private final Call call;
  private final boolean allTenants;
  private final @Nullable Instant since;
  private final @Nullable Instant before;
  private final @Nullable Pattern name;

  private ServerFilter(
      Call call,
      boolean allTenants,
      @Nullable Instant since,
      @Nullable Instant before,
      @Nullable Pattern name) {
    this.call = call;
    this.allTenants = allTenants;
    this.since = since;
    this.before = before;
    this.name = name;
  }

  /**
   * What was asked for; refuses what is not known or not allowed.
   *
   * @param policy the last part of the policy's name, {@code index} or {@code detail}
   */
  static ServerFilter of(Call call, String policy) {
    boolean allTenants = call.flag("all_tenants");
    if (allTenants) {
      call.requireAdmin("os_compute_api:servers:" + policy + ":get_all_tenants");
    }
    if (call.microversion() >= 75) {
      for (String key : call.request().query().keySet()) {
        if (!KNOWN.contains(key) && !key.startsWith("_")) {
          throw new Refusal(400, "'" + key + "' does not match any of the regexes: '^_'");
        }
      }
    }
    return new ServerFilter(
        call,
        allTenants,
        moment(call, "changes-since"),
        call.microversion() >= 66 ? moment(call, "changes-before") : null,
        name(call));
  }

  private static @Nullable Pattern name(Call call) {
    String name = call.query("name");
    try {
      return name == null ? null : Pattern.compile(name);
    } catch (PatternSyntaxException e) {
      // The database takes what is no expression as it stands.
      return Pattern.compile(Pattern.quote(String.valueOf(name)));
    }
  }

  private static @Nullable Instant moment(Call call, String key) {
    String text = call.query(key);
    if (text == null) {
      return null;
    }
    try {
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      Refusal refusal =
          new Refusal(
              400,
              "Invalid input for query parameters %s. Value: %s. '%s' is not a 'date-time'"
                  .formatted(key, text, text));
      refusal.initCause(e);
      throw refusal;
    }
  }

  @Override
  public boolean test(Instance machine) {
    InstanceState state = machine.state();
    return isVisible(machine)
        && isWantedAliveOrDead(state)
        && (since == null || !state.updated().isBefore(since))
        && (before == null || !state.updated().isAfter(before))
        && (name == null || name.matcher(state.name()).find())
        && hasStatus(state)
        && equal("flavor", state.flavor().id())
        && equal("image", state.image())
        && equal("vm_state", state.vm().word())
        && equal("task_state", word(state.task()))
        && equal("uuid", machine.id())
        && equal("user_id", machine.spec().user())
        && (!call.isAdmin() || (equal("host", state.host()) && equal("node", state.host())));
  }

  private static @Nullable String word(@Nullable TaskState task) {
    return task == null ? null : task.word();
  }

  private boolean isVisible(Instance machine) {
    String project = machine.spec().project();
    return allTenants
        ? equal("project_id", project) && equal("tenant_id", project)
        : project.equals(call.token().project());
  }

  private boolean isWantedAliveOrDead(InstanceState state) {
    if (call.isAdmin() && call.query("deleted") != null) {
      return state.isDeleted() == call.flag("deleted");
    }
    return !state.isDeleted() || since != null;
  }

  private boolean hasStatus(InstanceState state) {
    List<String> wanted = call.request().query().get("status");
    return wanted == null
        || wanted.stream().anyMatch(each -> each.toUpperCase(Locale.ROOT).equals(state.status()));
  }

  private boolean equal(String key, @Nullable String value) {
    String wanted = call.query(key);
    return wanted == null || wanted.equals(value);
  }

  /** In the order that was asked for; the newest first else. */
  List<Instance> sorted(List<Instance> machines) {
    String key = call.query("sort_key");
    if (key == null) {
      return machines;
    }
    Comparator<Instance> order =
        switch (key) {
          case "display_name", "hostname" ->
              Comparator.comparing((Instance machine) -> machine.state().name());
          case "updated_at" ->
              Comparator.comparing((Instance machine) -> machine.state().updated());
          case "uuid" -> Comparator.comparing(Instance::id);
          default -> Comparator.comparing((Instance machine) -> machine.spec().created());
        };
    boolean ascending = "asc".equals(call.query("sort_dir"));
    return machines.stream()
        .sorted((ascending ? order : order.reversed()).thenComparing(Instance::id))
        .toList();
  }
}
