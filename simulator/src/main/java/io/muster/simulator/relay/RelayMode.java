package io.muster.simulator.relay;

import io.muster.simulator.control.Arguments;
import java.util.Set;

/** What becomes of the requests that begin from now on. */
sealed interface RelayMode {
  /** Goes there and back. */
  record Pass() implements RelayMode {}

  /** The port is closed and all connections with it, as when the server is down. */
  record Refuse() implements RelayMode {}

  /** Is read and goes nowhere; the connection closes when another mode comes. */
  record Hang() implements RelayMode {}

  /** Goes there; the connection closes instead of the answer, so what it did is done. */
  record Cut() implements RelayMode {}

  /** Is read, goes nowhere and is answered with this. */
  record Status(int status) implements RelayMode {}

  /** Takes {@code mode} and, for {@code status}, {@code status}. */
  static RelayMode of(Arguments arguments) {
    String word = arguments.required("mode");
    arguments.requireOnly(word.equals("status") ? Set.of("mode", "status") : Set.of("mode"));
    return switch (word) {
      case "pass" -> new Pass();
      case "refuse" -> new Refuse();
      case "hang" -> new Hang();
      case "cut" -> new Cut();
      case "status" -> {
        Long given = arguments.optionalNumber("status", 400, 599);
        yield new Status(given == null ? 500 : given.intValue());
      }
      default ->
          throw new IllegalArgumentException(
              "'mode' is pass, refuse, hang, cut or status, not '" + word + "'");
    };
  }

  /** As a user writes it. */
  default String word() {
    return switch (this) {
      case Pass _ -> "pass";
      case Refuse _ -> "refuse";
      case Hang _ -> "hang";
      case Cut _ -> "cut";
      case Status _ -> "status";
    };
  }
}
