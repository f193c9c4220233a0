package io.muster.cli.account;

import io.muster.cli.text.Prompts;
import io.muster.cli.text.UsageException;
import io.muster.protocol.Secret;
import picocli.CommandLine.Option;

/** A password that somebody chooses: typed twice, or piped in. */
final class NewPassword {
  @Option(names = "--password-stdin", description = "Reads the password from standard input.")
  private boolean piped;

  boolean isPiped() {
    return piped;
  }

  Secret read(Prompts prompts, String what) {
    return piped ? prompts.pipedSecret(what) : typed(prompts, what);
  }

  static Secret typed(Prompts prompts, String what) {
    var password = prompts.secret(what, "Pipe it in with --password-stdin.");
    if (!password.equals(prompts.secret("The same again", ""))) {
      throw new UsageException("The two are not the same.");
    }
    return password;
  }
}
