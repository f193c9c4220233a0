package io.muster.cli.text;

import io.muster.protocol.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks people, where there are some.
 *
 * @param person null = nobody is there to ask
 * @param input what is piped in
 */
public record Prompts(@Nullable Person person, InputStream input) {
  /** Somebody at a terminal; null is the end of input. */
  public interface Person {
    @Nullable String answer(String question);

    /** Without echo. */
    @Nullable String whisper(String question);
  }

  private record AtConsole(Console console) implements Person {
    @Override
    public @Nullable String answer(String question) {
      return console.readLine("%s", question);
    }

    @Override
    public @Nullable String whisper(String question) {
      var typed = console.readPassword("%s", question);
      return typed == null ? null : new String(typed);
    }
  }

  /** Of this process. */
  public static Prompts ofThisProgram() {
    // Whether there is none without a terminal, or one that says so, changed between Java's
    // versions.
    var person =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).map(AtConsole::new);
    return new Prompts(person.orElse(null), System.in);
  }

  public boolean isInteractive() {
    return person != null;
  }

  /**
   * Without echo.
   *
   * @param otherwise what to do where nobody can be asked
   */
  public Secret secret(String what, String otherwise) {
    var typed = somebody(what, otherwise).whisper(what + ": ");
    if (typed == null || typed.isEmpty()) {
      throw new UsageException(what + ": nothing was typed.");
    }
    return new Secret(typed);
  }

  public String line(String what, String otherwise) {
    var typed = somebody(what, otherwise).answer(what + ": ");
    if (typed == null || typed.isBlank()) {
      throw new UsageException(what + ": nothing was typed.");
    }
    return typed.strip();
  }

  /** No, unless somebody says yes. */
  public boolean confirm(String question, String otherwise) {
    var typed = somebody(question, otherwise).answer(question + " [y/N] ");
    return typed != null && typed.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** The next line of what is piped in: byte by byte, since more may follow it. */
  public Secret pipedSecret(String what) {
    var line = new ByteArrayOutputStream();
    try {
      for (var next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
        line.write(next);
      }
    } catch (IOException failed) {
      throw new UsageException(what + ": standard input is not readable: " + failed.getMessage());
    }
    var text = line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
    if (text.isEmpty()) {
      throw new UsageException(what + ": nothing came through standard input.");
    }
    return new Secret(text);
  }

  private Person somebody(String what, String otherwise) {
    if (person == null) {
      throw new UsageException("%s: there is no terminal to ask at. %s".formatted(what, otherwise));
    }
    return person;
  }
}
