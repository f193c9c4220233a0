package io.muster.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ControlAddress;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.Verb;
import io.muster.protocol.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster login}. */
@Command(
    name = "login",
    description = {
      "Signs in to a control API and keeps the login, for you alone, in ~/.config/muster.",
      "The password is asked for without echo. Later verbs go to the same control API unless"
          + " MUSTER_URL names another; scripts use MUSTER_TOKEN and need no login."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster login https://muster.example.org",
      "  muster login https://muster.example.org --user anna",
      "  pass muster | muster login --user anna --password-stdin",
      "A private authority: MUSTER_CA=/path/to/ca.pem, or the certificate's SHA-256.",
      "Proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY."
    })
public final class LoginCommand extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "<url>",
      description = "Where the control API is; else MUSTER_URL, else where the last login went.")
  private @Nullable String url;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "<user>",
      description = "Who; asked for when not given.")
  private @Nullable String user;

  @Option(names = "--password-stdin", description = "Reads the password from standard input.")
  private boolean piped;

  @Override
  public Integer call() {
    var connection = connection();
    // Before a password is typed in vain.
    var address = connection.address(url);
    var name = user == null ? prompts().line("User", "Name one with --user.") : user;
    var password = password("Password of " + name);
    var answer = connection.login(address.toString(), name, password);
    if (answer.path("passwordChangeRequired").asBoolean()) {
      answer = chooseAnother(address, name, password);
    }
    tell(
        summary(answer, name),
        "Logged in at %s as %s (%s)."
            .formatted(address, name, answer.path("role").asText("no role")));
    return DONE;
  }

  /** A one-time password opens nothing but the door to another one. */
  private JsonNode chooseAnother(ControlAddress address, String name, Secret oneTime) {
    if (!prompts().isInteractive()) {
      throw new UsageException(
          "This password works once. Choose another: muster login at a terminal, or muster password --password-stdin");
    }
    remark("This password works once: choose another.");
    var chosen = NewPassword.typed(prompts(), "New password");
    try (var api = connection().asKept(address)) {
      PasswordCommand.change(api, oneTime, chosen);
    }
    return connection().login(address.toString(), name, chosen);
  }

  private Secret password(String what) {
    return piped
        ? prompts().pipedSecret("The password")
        : prompts().secret(what, "Pipe the password in with --password-stdin.");
  }

  /** Tokens stay in the file. */
  private static JsonNode summary(JsonNode answer, String user) {
    var shown = JsonNodeFactory.instance.objectNode().put("user", user);
    shown.set("role", answer.path("role"));
    shown.set("tenant", answer.path("tenant"));
    return shown;
  }
}
