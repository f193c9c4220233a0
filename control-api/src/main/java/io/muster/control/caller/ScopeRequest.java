package io.muster.control.caller;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scope as it is asked for.
 *
 * @param servers ids; absent = none by id
 * @param tags absent = none by tag
 */
@Serdeable
public record ScopeRequest(
    @Schema(example = "[\"6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763\"]") @Nullable List<String> servers,
    @Schema(example = "[\"customer-a\"]") @Nullable List<String> tags) {
  /** More is a role of its own, not a list to keep by hand. */
  private static final int MAX_ENTRIES = 200;

  private static final int MAX_TAG = 63;

  /** Checks it; what is wrong goes to {@code fields}. Absent = everything. */
  public static Scope read(@Nullable ScopeRequest asked, Role role, Fields fields) {
    if (asked == null) {
      return Scope.ALL;
    }
    Set<UUID> servers = new HashSet<>();
    List<String> ids = asked.servers() == null ? List.of() : asked.servers();
    List<String> tags = asked.tags() == null ? List.of() : asked.tags();
    if (ids.size() + tags.size() > MAX_ENTRIES) {
      fields.wrong("scope", "must have at most " + MAX_ENTRIES + " entries");
    }
    for (String id : ids) {
      try {
        servers.add(UUID.fromString(String.valueOf(id)));
      } catch (IllegalArgumentException e) {
        fields.wrong("scope.servers", "must be ids of servers");
      }
    }
    List<String> sound = tags.stream().filter(ScopeRequest::isTag).toList();
    if (sound.size() < tags.size()) {
      fields.wrong("scope.tags", "must be tags of servers");
    }
    Scope scope = new Scope(servers, Set.copyOf(sound));
    if (role == Role.ADMIN && !scope.isAll()) {
      fields.wrong("scope", "is for viewers and operators: an admin has the whole tenant");
    }
    return scope;
  }

  /** JSON lists may hold nulls. */
  private static boolean isTag(@Nullable String tag) {
    return tag != null && !tag.isBlank() && tag.length() <= MAX_TAG;
  }
}
