package io.muster.control.audit;

import java.util.Objects;

/**
 * What was changed.
 *
 * @param kind {@code server}, {@code user}, {@code site} …
 */
public record Subject(String kind, String id, String name) {
  /** The kind of what somebody who sees a part of the tenant may know of. */
  public static final String SERVER = "server";

  public Subject {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
  }

  public static Subject of(String kind, Object id, String name) {
    return new Subject(kind, id.toString(), name);
  }
}
