package io.muster.control.vm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a VM is, in the words of all platforms, as in {@code vm_states.status}. */
public enum VmStatus {
  RUNNING,
  STOPPED,
  PAUSED,
  SUSPENDED,
  PENDING,
  FAILED,
  SUCCEEDED,
  UNKNOWN,
  REMOVED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that a VM can have now. */
  public static List<String> labels() {
    return Arrays.stream(values())
        .filter(status -> status != REMOVED)
        .map(VmStatus::label)
        .toList();
  }

  /** What is no word of ours, or none, is unknown. */
  public static VmStatus of(@Nullable String label) {
    return Arrays.stream(values())
        .filter(status -> status.label().equals(label))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
