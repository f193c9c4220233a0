package io.muster.control.caller;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.problem.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person or script may do; each role may do what the ones before it may. */
@Serdeable
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN;

  /** For {@code @Secured}: reads. */
  public static final String MAY_VIEW = "viewer";

  /** For {@code @Secured}: acts on VMs. */
  public static final String MAY_OPERATE = "operator";

  /** For {@code @Secured}: changes inventory, accounts and sites. */
  public static final String MAY_ADMINISTER = "admin";

  /** For {@code @Secured}: signed in, if only with a password that has to be changed. */
  public static final String MAY_CHANGE_PASSWORD = "self";

  /** For {@code @Secured}: a site's agent, which has no other role. */
  public static final String AGENT = "agent";

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The word in JSON, in columns and for {@code @Secured}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Role of(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("role must be viewer, operator or admin"));
  }

  /** Reads a request's role; what is wrong goes to {@code fields}, and the least one is given. */
  public static Role read(String field, @Nullable String label, Fields fields) {
    if (label == null) {
      fields.wrong(field, "is missing");
      return VIEWER;
    }
    try {
      return of(label);
    } catch (IllegalArgumentException e) {
      fields.wrong(field, "must be viewer, operator or admin");
      return VIEWER;
    }
  }

  List<String> granted() {
    return Arrays.stream(values()).filter(this::includes).map(Role::label).toList();
  }
}
