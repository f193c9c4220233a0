package io.muster.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Confirmation;
import io.muster.cli.verb.VerbGroup;
import io.muster.cli.verb.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster tokens …}: for scripts. */
@Command(
    name = "tokens",
    description = "API tokens, for scripts.",
    subcommands = {
      TokensCommand.ListTokens.class,
      TokensCommand.AddToken.class,
      TokensCommand.RevokeToken.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster tokens add backup-report --expires 90d",
      "  muster tokens add restart --role operator --server pve-1 --server pve-2",
      "  muster tokens add customer-a --tag customer-a --vm pve-1/qemu:101",
      "  MUSTER_URL=https://muster.example.org MUSTER_TOKEN=mst_… muster servers list"
    })
public final class TokensCommand extends VerbGroup {
  private static final String ROUTE = "/tokens";

  @Command(name = "list", description = "Lists API tokens.")
  static final class ListTokens extends ApiVerb {
    @Override
    protected int run(ControlApi api) {
      var tokens = api.all(Call.get(ROUTE));
      show(tokens, "No tokens.", () -> table(tokens, now()));
      return DONE;
    }

    private static Table table(Iterable<JsonNode> tokens, Instant now) {
      var table = new Table("NAME", "ROLE", "SEES", "EXPIRES", "LAST USED", "BY");
      for (var token : tokens) {
        table.add(
            Words.of(token.path("name")),
            Words.of(token.path("role")),
            ScopeOptions.words(token.path("scope")),
            token.hasNonNull("expiresAt") ? Words.time(token.path("expiresAt"), now) : "never",
            Words.time(token.path("lastUsedAt"), now),
            Words.of(token.path("createdBy")));
      }
      return table;
    }
  }

  @Command(
      name = "add",
      description = {
        "Makes an API token. It is shown this once.",
        "It sees the whole tenant, or what is granted to it."
      })
  static final class AddToken extends ApiVerb {
    @Parameters(paramLabel = "<name>", description = "To tell it from others.")
    private String name = "";

    @Option(
        names = "--role",
        paramLabel = "<role>",
        description = "viewer (if not given), operator or admin.")
    private String role = "viewer";

    @Option(names = "--expires", paramLabel = "<time>", description = "90d, 12h; else never.")
    private @Nullable String expires;

    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode().put("name", name).put("role", role);
      if (expires != null) {
        var end = now().plus(Words.span(expires, "--expires")).truncatedTo(ChronoUnit.SECONDS);
        body.put("expiresAt", end.toString());
      }
      if (scope.isGiven()) {
        body.set("scope", scope.json(api));
      }
      var made = api.send(Call.post(ROUTE, body)).json();
      if (wantsJson()) {
        json(made);
      } else {
        raw(made.path("token").asText() + "\n");
        remark("The token is not shown again. Scripts take it from MUSTER_TOKEN.");
      }
      return DONE;
    }
  }

  @Command(name = "revoke", description = "Ends an API token at once.")
  static final class RevokeToken extends ApiVerb {
    @Parameters(paramLabel = "<token>", description = "Its name or id.")
    private String token = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    @Override
    protected int run(ControlApi api) {
      if (!confirmation.given(prompts(), "Revoke token " + token + "?")) {
        remark("Nothing was revoked.");
        return FAILED;
      }
      var path = ByName.path(api, ROUTE, "name", token);
      tell(api.send(Call.delete(path)).json(), "Revoked " + token + ".");
      return DONE;
    }
  }
}
