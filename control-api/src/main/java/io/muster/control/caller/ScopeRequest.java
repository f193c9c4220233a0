package io.muster.control.caller;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scope as it is asked for; each entry grants, and none at all is the whole tenant.
 *
 * @param servers ids; absent = none by id
 * @param groups absent = none by group
 * @param tags absent = none by tag
 * @param vmIds absent = no single VMs
 */
@Serdeable
public record ScopeRequest(
    @Schema(example = "[\"6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763\"]") @Nullable List<String> servers,
    @Schema(
            description =
                "Pools, namespaces, projects: `<group>` of every server, `<server id>/<group>` of"
                    + " one",
            example = "[\"6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763/customer-a\"]")
        @Nullable List<String> groups,
    @Schema(description = "Of servers and of VMs", example = "[\"customer-a\"]")
        @Nullable List<String> tags,
    @Schema(
            description = "`<server id>/<vmId>`",
            example = "[\"6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763/qemu:101\"]")
        @Nullable List<String> vmIds) {
  /** More is a role of its own, not a list to keep by hand. */
  private static final int MAX_ENTRIES = 200;

  private static final int MAX_TAG = 63;

  /** Far above a pool's path; a namespace and a project's name are shorter. */
  private static final int MAX_GROUP = 255;

  /** A kind, a namespace and a pod's name, each at its longest. */
  private static final int MAX_VM = 330;

  /** Checks it; what is wrong goes to {@code fields}. Absent = everything. */
  public static Scope read(@Nullable ScopeRequest asked, Role role, Fields fields) {
    if (asked == null) {
      return Scope.ALL;
    }
    int entries =
        Stream.of(asked.servers(), asked.groups(), asked.tags(), asked.vmIds())
            .filter(Objects::nonNull)
            .mapToInt(List::size)
            .sum();
    if (entries > MAX_ENTRIES) {
      fields.wrong("scope", "must have at most " + MAX_ENTRIES + " entries");
    }
    Scope scope =
        new Scope(
            sound(asked.servers(), ScopeRequest::isId, "servers", "ids of servers", fields).stream()
                .map(UUID::fromString)
                .collect(Collectors.toSet()),
            sound(
                asked.groups(),
                ScopeRequest::isGroup,
                "groups",
                "<group> or <server id>/<group>",
                fields),
            sound(asked.tags(), ScopeRequest::isTag, "tags", "tags of servers or VMs", fields),
            sound(asked.vmIds(), ScopeRequest::isVm, "vmIds", "<server id>/<vmId>", fields));
    if (role == Role.ADMIN && !scope.isAll()) {
      fields.wrong("scope", "is for viewers and operators: an admin has the whole tenant");
    }
    return scope;
  }

  private static Set<String> sound(
      @Nullable List<String> asked,
      Predicate<String> check,
      String field,
      String expected,
      Fields fields) {
    if (asked == null) {
      return Set.of();
    }
    // JSON lists may hold nulls.
    Set<String> sound =
        asked.stream().filter(Objects::nonNull).filter(check).collect(Collectors.toSet());
    if (sound.size() < new HashSet<>(asked).size()) {
      fields.wrong("scope." + field, "must be " + expected);
    }
    return sound;
  }

  private static boolean isId(String text) {
    return Scope.Entry.of(text + "/").server() != null;
  }

  private static boolean isGroup(String text) {
    String group = Scope.Entry.of(text).name();
    return !group.isBlank() && group.length() <= MAX_GROUP;
  }

  /** Lists of tags have semicolons between them. */
  private static boolean isTag(String text) {
    return !text.isBlank() && text.length() <= MAX_TAG && !text.contains(";");
  }

  private static boolean isVm(String text) {
    Scope.Entry entry = Scope.Entry.of(text);
    return entry.server() != null && entry.name().contains(":") && entry.name().length() <= MAX_VM;
  }
}
