package io.muster.simulator.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Faults through the control endpoint. */
public final class FaultVerbs {
  private static final String FAULTS = "/control/faults";

  private FaultVerbs() {}

  /**
   * All verbs, each bound to the faults of a cluster.
   *
   * @param reader makes an order of what was asked for
   * @param adder puts it in and answers its number
   */
  public static <F> List<Verb> of(
      Board<F> faults,
      Kind<F>[] kinds,
      Function<Arguments, Order<F>> reader,
      ToLongFunction<Order<F>> adder) {
    return List.of(
        new Verb("GET", FAULTS, "the faults that are in", arguments -> faults.list()),
        new Verb(
            "POST",
            FAULTS,
            "puts a fault in; ?kind=" + words(kinds),
            arguments -> Map.of("id", adder.applyAsLong(reader.apply(arguments)))),
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

  private static <F> String words(Kind<F>[] kinds) {
    return Arrays.stream(kinds)
        .map(kind -> kind.word() + " (" + String.join(", ", kind.keys()) + ")")
        .collect(Collectors.joining(" | "));
  }
}
