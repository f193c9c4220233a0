package io.muster.simulator.kubernetes.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write.
 *
 * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
 * @param object as it was after, or last
 * @param before as it was before, or null for a new one
 */
public record Change<T>(long version, Instant at, String type, T object, @Nullable T before) {
  public static final String ADDED = "ADDED";
  public static final String MODIFIED = "MODIFIED";
  public static final String DELETED = "DELETED";
}
