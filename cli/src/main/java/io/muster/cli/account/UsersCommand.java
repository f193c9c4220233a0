package io.muster.cli.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Confirmation;
import io.muster.cli.verb.VerbGroup;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster users …}: people. */
@Command(
    name = "users",
    description = "People, and what they may do.",
    subcommands = {
      UsersCommand.ListUsers.class,
      UsersCommand.AddUser.class,
      UsersCommand.EditUser.class,
      UsersCommand.DeleteUser.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster users add anna --role operator",
      "  muster users edit anna --role viewer",
      "  muster users edit anna --new-password",
      "Roles: viewer reads, operator also acts on VMs, admin also changes inventory and accounts."
    })
public final class UsersCommand extends VerbGroup {
  private static final String ROUTE = "/users";

  private static String path(String user) {
    return ROUTE + "/" + Call.named(user);
  }

  @Command(name = "list", description = "Lists people.")
  static final class ListUsers extends ApiVerb {
    @Override
    protected int run(ControlApi api) {
      var users = api.all(Call.get(ROUTE));
      show(
          users,
          "No users.",
          () -> {
            var table = new Table("USER", "ROLE", "ENABLED", "LAST LOGIN", "LOCKED UNTIL");
            for (var user : users) {
              table.add(
                  Words.of(user.path("username")),
                  Words.of(user.path("role")),
                  Words.flag(user.path("enabled")),
                  Words.time(user.path("lastLoginAt"), now()),
                  Words.time(user.path("lockedUntil"), now()));
            }
            return table;
          });
      return DONE;
    }
  }

  @Command(
      name = "add",
      description = "Adds somebody. The first password is asked for, and works once.")
  static final class AddUser extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "The name to sign in with.")
    private String user = "";

    @Option(
        names = "--role",
        paramLabel = "<role>",
        description = "viewer (if not given), operator or admin.")
    private String role = "viewer";

    @Mixin private NewPassword password = new NewPassword();

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode();
      body.put("username", user).put("role", role);
      body.put("password", password.read(prompts(), "First password of " + user).reveal());
      tell(api.send(Call.post(ROUTE, body)).json(), "Added %s (%s).".formatted(user, role));
      return DONE;
    }
  }

  @Command(name = "edit", description = "Changes what is given and leaves the rest.")
  static final class EditUser extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "Name or id.")
    private String user = "";

    @Option(names = "--role", paramLabel = "<role>", description = "viewer, operator or admin.")
    private @Nullable String role;

    @Option(names = "--enabled", negatable = true, description = "Whether this person may sign in.")
    private @Nullable Boolean enabled;

    @Option(names = "--new-password", description = "Asks for a new password, which works once.")
    private boolean newPassword;

    @Mixin private NewPassword password = new NewPassword();

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode();
      if (role != null) {
        body.put("role", role);
      }
      if (enabled != null) {
        body.put("enabled", enabled);
      }
      if (newPassword || password.isPiped()) {
        body.put("password", password.read(prompts(), "New password of " + user).reveal());
      }
      if (body.isEmpty()) {
        throw new UsageException("Nothing to change was given. Try: muster users edit --help");
      }
      tell(api.send(Call.patch(path(user), body)).json(), "Changed " + user + ".");
      return DONE;
    }
  }

  @Command(name = "delete", description = "Deletes a user. The audit keeps the name.")
  static final class DeleteUser extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "Name or id.")
    private String user = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    @Override
    protected int run(ControlApi api) {
      if (!confirmation.given(prompts(), "Delete user " + user + "?")) {
        remark("Nothing was deleted.");
        return FAILED;
      }
      tell(api.send(Call.delete(path(user))).json(), "Deleted " + user + ".");
      return DONE;
    }
  }
}
