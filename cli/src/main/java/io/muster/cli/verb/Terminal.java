package io.muster.cli.verb;

import io.muster.cli.text.Prompts;
import java.time.Clock;
import java.util.Map;

/**
 * What is around a verb.
 *
 * @param columns of the terminal; 0 when the output goes elsewhere, and is not shortened
 * @param rows of the terminal; 0 when the output goes elsewhere
 */
public record Terminal(
    Map<String, String> environment, Prompts prompts, Clock clock, int columns, int rows) {
  public Terminal {
    environment = Map.copyOf(environment);
  }

  public static Terminal ofThisProgram() {
    return new Terminal(
        System.getenv(),
        Prompts.ofThisProgram(),
        Clock.systemUTC(),
        Integer.getInteger("muster.columns", 0),
        Integer.getInteger("muster.rows", 0));
  }

  /** Whether what was printed can be printed over. */
  public boolean isRedrawable() {
    return columns > 0 && rows > 0 && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** The program that runs in one. */
  public interface Owner {
    Terminal terminal();
  }
}
