package io.muster.control.alert;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit that somebody set, or the rule's own.
 *
 * @param value in the rule's unit; null = a row by hand has none
 * @param enabled false = what the limit is for raises no alert
 * @param setAt null = as Muster brings it
 */
record Limit(Key key, @Nullable Double value, boolean enabled, @Nullable Instant setAt) {
  Limit {
    Objects.requireNonNull(key, "key");
  }

  /**
   * What a limit is for.
   *
   * @param server null = every one
   * @param tag null = with any tags
   */
  record Key(String rule, @Nullable UUID server, @Nullable String tag) {
    Key {
      Objects.requireNonNull(rule, "rule");
    }

    /** The rule's own. */
    boolean isGeneral() {
      return server == null && tag == null;
    }
  }
}
