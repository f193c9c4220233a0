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
      UsersCommand.ResetPassword.class,
      UsersCommand.DeleteUser.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster users add anna --role operator",
      "  muster users add bert --role operator --tag customer-a --vm pve-1/qemu:101",
      "  muster users edit anna --role viewer",
      "  muster users reset-password anna",
      "Roles: viewer reads, operator also acts on VMs, admin also changes inventory and accounts.",
      "Viewers and operators see the whole tenant, or what is granted to them."
    })
public final class UsersCommand extends VerbGroup {
  private static final String ROUTE = "/users";

  private static String path(ControlApi api, String user) {
    return ByName.path(api, ROUTE, "username", user);
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
            var table = new Table("USER", "ROLE", "SEES", "ENABLED", "LAST LOGIN", "LOCKED UNTIL");
            for (var user : users) {
              table.add(
                  Words.of(user.path("username")),
                  Words.of(user.path("role")),
                  ScopeOptions.words(user.path("scope")),
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
      description = "Adds somebody. The first password is shown this once, and works once.")
  static final class AddUser extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "The name to sign in with.")
    private String user = "";

    @Option(
        names = "--role",
        paramLabel = "<role>",
        description = "viewer (if not given), operator or admin.")
    private String role = "viewer";

    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode().put("username", user).put("role", role);
      if (scope.isGiven()) {
        body.set("scope", scope.json(api));
      }
      var added = api.send(Call.post(ROUTE, body)).json();
      tell(added, OneTimePassword.sentence(user, added.path("oneTimePassword")));
      return DONE;
    }
  }

  @Command(
      name = "reset-password",
      description = {
        "Gives somebody a new password, which is shown this once and works once.",
        "Ends all logins of that person, and a lock after wrong passwords."
      })
  static final class ResetPassword extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "Name or id.")
    private String user = "";

    @Override
    protected int run(ControlApi api) {
      var made = api.send(Call.post(path(api, user) + "/password")).json();
      tell(made, OneTimePassword.sentence(user, made.path("oneTimePassword")));
      return DONE;
    }
  }

  @Command(
      name = "edit",
      description = {
        "Changes what is given and leaves the rest.",
        "What is granted takes the place of all that was granted before."
      })
  static final class EditUser extends ApiVerb {
    @Parameters(paramLabel = "<user>", description = "Name or id.")
    private String user = "";

    @Option(names = "--role", paramLabel = "<role>", description = "viewer, operator or admin.")
    private @Nullable String role;

    @Option(names = "--enabled", negatable = true, description = "Whether this person may sign in.")
    private @Nullable Boolean enabled;

    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Option(names = "--whole-tenant", description = "Takes back that only a part is granted.")
    private boolean wholeTenant;

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode();
      if (role != null) {
        body.put("role", role);
      }
      if (enabled != null) {
        body.put("enabled", enabled);
      }
      if (scope.isGiven() && wholeTenant) {
        throw new UsageException("Either a part is granted, or --whole-tenant.");
      }
      if (scope.isGiven()) {
        body.set("scope", scope.json(api));
      } else if (wholeTenant) {
        body.set("scope", ScopeOptions.everything());
      }
      if (body.isEmpty()) {
        throw new UsageException("Nothing to change was given. Try: muster users edit --help");
      }
      tell(api.send(Call.patch(path(api, user), body)).json(), "Changed " + user + ".");
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
      tell(api.send(Call.delete(path(api, user))).json(), "Deleted " + user + ".");
      return DONE;
    }
  }
}
