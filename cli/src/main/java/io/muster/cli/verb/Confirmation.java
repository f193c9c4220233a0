package io.muster.cli.verb;

import io.muster.cli.text.Prompts;
import picocli.CommandLine.Option;

/** {@code --yes}, for scripts. */
public final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask.")
  private boolean yes;

  /** Whether to go on. */
  public boolean given(Prompts prompts, String question) {
    return yes || prompts.confirm(question, "Say --yes to go on without being asked.");
  }
}
