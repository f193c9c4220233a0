package io.muster.cli.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.verb.Verb;
import picocli.CommandLine.Command;

/** {@code muster logout}. */
@Command(name = "logout", description = "Ends the login, here and at the control API.")
public final class LogoutCommand extends Verb {
  @Override
  public Integer call() {
    var address = connection().logout();
    tell(JsonNodeFactory.instance.objectNode(), "Logged out at " + address + ".");
    return DONE;
  }
}
