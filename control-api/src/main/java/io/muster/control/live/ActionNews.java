package io.muster.control.live;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an action stands.
 *
 * @param vm such as {@code qemu:101}
 * @param action such as {@code reboot}
 * @param status {@code pending}, {@code dispatched}, {@code running}, {@code succeeded}, {@code
 *     failed} or {@code unknown}
 * @param who asked for it
 * @param error a sentence, nothing secret; null = none
 */
public record ActionNews(
    UUID id,
    String vm,
    String action,
    String status,
    String who,
    Instant at,
    @Nullable String error) {
  public ActionNews {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(vm, "vm");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(at, "at");
  }
}
