package io.muster.control.vm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kind of a workload, as in {@code vm_states.type}. */
public enum VmType {
  QEMU,
  LXC,
  POD,
  DEPLOYMENT,
  INSTANCE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(VmType::label).toList();
  }

  /** Null = none of ours, such as a newer agent's. */
  public static @Nullable VmType of(@Nullable String label) {
    return Arrays.stream(values())
        .filter(type -> type.label().equals(label))
        .findFirst()
        .orElse(null);
  }
}
