package io.muster.simulator.proxmox.faults;

import io.muster.simulator.control.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Faults through the control endpoint. */
public final class FaultVerbs {
  private static final String FAULTS = "/control/faults";

  private FaultVerbs() {}

  /**
   * All verbs, each bound to the faults.
   *
   * @param members of the cluster
   */
  public static List<Verb> of(Faults faults, List<String> members) {
    return List.of(
        new Verb("GET", FAULTS, "the faults that are in", arguments -> faults.list()),
        new Verb(
            "POST",
            FAULTS,
            "puts a fault in; ?kind=" + kinds(),
            arguments -> Map.of("id", faults.add(FaultOrder.of(arguments, members)))),
        new Verb(
            "DELETE",
            FAULTS + "/{id}",
            "takes a fault out",
            arguments -> {
              faults.remove(arguments.number("id", 1, Long.MAX_VALUE));
              return null;
            }),
        new Verb(
            "DELETE",
            FAULTS,
            "takes all faults out",
            arguments -> {
              faults.removeAll();
              return null;
            }));
  }

  private static String kinds() {
    return Arrays.stream(FaultKind.values())
        .map(kind -> kind.word() + " (" + String.join(", ", kind.keys()) + ")")
        .collect(Collectors.joining(" | "));
  }
}
