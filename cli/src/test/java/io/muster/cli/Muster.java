package io.muster.cli;

import io.muster.cli.text.Prompts;
import io.muster.cli.verb.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** {@code muster} in this JVM: what it is given, and what it said. */
final class Muster {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private final Queue<String> typed = new ArrayDeque<>();
  private String piped = "";
  private Instant now = NOW;
  private int columns;
  private int rows;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  Muster(Path home) {
    environment.put("HOME", home.toString());
  }

  Muster with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** At a terminal, where somebody types this. */
  Muster typing(String... answers) {
    typed.addAll(List.of(answers));
    return this;
  }

  Muster piping(String text) {
    piped = text;
    return this;
  }

  Muster columns(int columns) {
    this.columns = columns;
    return this;
  }

  /** One that can be drawn upon. */
  Muster screen(int columns, int rows) {
    this.rows = rows;
    return columns(columns);
  }

  Muster at(Instant now) {
    this.now = now;
    return this;
  }

  int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    var input = new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8));
    var prompts = new Prompts(typed.isEmpty() ? null : person(), input);
    var terminal =
        new Terminal(environment, prompts, Clock.fixed(now, ZoneOffset.UTC), columns, rows);
    return Main.commandLine(terminal)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  private Prompts.Person person() {
    return new Prompts.Person() {
      @Override
      public @Nullable String answer(String question) {
        err.append(question).append('\n');
        return typed.poll();
      }

      @Override
      public @Nullable String whisper(String question) {
        return answer(question);
      }
    };
  }
}
