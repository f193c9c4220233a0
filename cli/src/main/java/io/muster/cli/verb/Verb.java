package io.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Connection;
import io.muster.cli.text.Paragraph;
import io.muster.cli.text.Prompts;
import io.muster.cli.text.Table;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that prints for people, or JSON for scripts. */
public abstract class Verb implements Callable<Integer> {
  protected static final int DONE = CommandLine.ExitCode.OK;
  protected static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON, for scripts.")
  private boolean json;

  protected final boolean wantsJson() {
    return json;
  }

  protected final Terminal terminal() {
    return ((Terminal.Owner) spec().root().userObject()).terminal();
  }

  protected final Prompts prompts() {
    return terminal().prompts();
  }

  protected final Instant now() {
    return terminal().clock().instant();
  }

  protected final Connection connection() {
    return new Connection(terminal().environment(), terminal().clock());
  }

  /** JSON where it is wanted, else the table, or {@code nothing} when that has no rows. */
  protected final void show(JsonNode answer, String nothing, Supplier<Table> people) {
    if (json) {
      json(answer);
      return;
    }
    var table = people.get();
    if (table.isEmpty()) {
      say(nothing);
    } else {
      show(table);
    }
  }

  /** For people, fitted to the width of the terminal. */
  protected final void show(Table table) {
    table.lines(terminal().columns()).forEach(spec().commandLine().getOut()::println);
  }

  /** JSON where it is wanted, else a sentence. */
  protected final void tell(JsonNode answer, String people) {
    if (json) {
      json(answer);
    } else {
      say(people);
    }
  }

  protected final void json(JsonNode answer) {
    raw(answer.isMissingNode() ? "{}\n" : answer.toPrettyString() + "\n");
  }

  /** For people, broken to the width of the terminal. */
  protected final void say(String text) {
    Paragraph.lines(text, "", terminal().columns()).forEach(spec().commandLine().getOut()::println);
  }

  /** An empty line. */
  protected final void gap() {
    spec().commandLine().getOut().println();
  }

  /** What is not the result: questions' surroundings and warnings. */
  protected final void remark(String text) {
    Paragraph.lines(text, "", terminal().columns()).forEach(spec().commandLine().getErr()::println);
  }

  /** As it is. */
  protected final void raw(String text) {
    spec().commandLine().getOut().print(text);
    spec().commandLine().getOut().flush();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not run this verb");
    }
    return spec;
  }
}
