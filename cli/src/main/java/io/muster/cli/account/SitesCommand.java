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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster sites …}: where agents run. */
@Command(
    name = "sites",
    description = "Sites, their agents, and the tokens with which agents sign in.",
    subcommands = {
      SitesCommand.ListSites.class,
      SitesCommand.AddSite.class,
      SitesCommand.DeleteSite.class,
      SitesCommand.MakeAgentToken.class,
      SitesCommand.ListAgentTokens.class,
      SitesCommand.RevokeAgentToken.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster sites add berlin",
      "  muster sites agent-token berlin",
      "  muster sites list"
    })
public final class SitesCommand extends VerbGroup {
  private static final String ROUTE = "/sites";

  private static String path(String site) {
    return ROUTE + "/" + Call.named(site);
  }

  @Command(name = "list", description = "Lists sites, and whether their agents are connected.")
  static final class ListSites extends ApiVerb {
    @Override
    protected int run(ControlApi api) {
      var sites = api.all(Call.get(ROUTE));
      show(sites, "No sites. Add one: muster sites add <site>", () -> table(sites, now()));
      return DONE;
    }

    private static Table table(Iterable<JsonNode> sites, Instant now) {
      var table = new Table("SITE", "AGENT", "LAST SEEN", "VERSION", "SERVERS", "LAG");
      for (var site : sites) {
        var agent = site.path("agents").path(0);
        table.add(
            Words.of(site.path("name")),
            agent.path("connected").asBoolean() ? "connected" : "not connected",
            Words.time(agent.path("lastSeen"), now),
            Words.of(agent.path("version")),
            Words.of(site.path("servers")),
            Words.amount(agent.path("lagMs"), " ms"));
      }
      return table;
    }
  }

  @Command(name = "add", description = "Adds a site. Its agent's MUSTER_SITE is this name.")
  static final class AddSite extends ApiVerb {
    @Parameters(paramLabel = "<site>", description = "Its name; it stays, since rows stand on it.")
    private String site = "";

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode().put("name", site);
      tell(
          api.send(Call.post(ROUTE, body)).json(),
          "Added %s. Its agent needs a token: muster sites agent-token %s".formatted(site, site));
      return DONE;
    }
  }

  @Command(name = "delete", description = "Deletes a site that has no servers.")
  static final class DeleteSite extends ApiVerb {
    @Parameters(paramLabel = "<site>", description = "Its name or id.")
    private String site = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    @Override
    protected int run(ControlApi api) {
      if (!confirmation.given(prompts(), "Delete site " + site + "?")) {
        remark("Nothing was deleted.");
        return FAILED;
      }
      tell(api.send(Call.delete(path(site))).json(), "Deleted site " + site + ".");
      return DONE;
    }
  }

  @Command(
      name = "agent-token",
      description = "Makes a token for a site's agent. It is shown this once.")
  static final class MakeAgentToken extends ApiVerb {
    @Parameters(paramLabel = "<site>", description = "Its name or id.")
    private String site = "";

    @Option(names = "--name", paramLabel = "<name>", description = "To tell it from others.")
    private String name = "agent";

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode().put("name", name);
      var made = api.send(Call.post(path(site) + "/agent-tokens", body)).json();
      if (wantsJson()) {
        json(made);
        return DONE;
      }
      raw(
          """
          MUSTER_URL=%s
          MUSTER_SITE=%s
          MUSTER_AGENT_TOKEN=%s
          """
              .formatted(api.address(), site, made.path("token").asText()));
      remark(
          "This is the agent's environment. The token is not shown again; whoever has it can write rows in this site's name.");
      return DONE;
    }
  }

  @Command(name = "agent-tokens", description = "Lists the tokens of a site's agent.")
  static final class ListAgentTokens extends ApiVerb {
    @Parameters(paramLabel = "<site>", description = "Its name or id.")
    private String site = "";

    @Override
    protected int run(ControlApi api) {
      var tokens = api.all(Call.get(path(site) + "/agent-tokens"));
      show(
          tokens,
          "No tokens: no agent can sign in for this site.",
          () -> {
            var table = new Table("ID", "NAME", "MADE", "BY", "LAST USED");
            for (var token : tokens) {
              table.add(
                  Words.of(token.path("id")),
                  Words.of(token.path("name")),
                  Words.time(token.path("createdAt"), now()),
                  Words.of(token.path("createdBy")),
                  Words.time(token.path("lastUsedAt"), now()));
            }
            return table;
          });
      return DONE;
    }
  }

  @Command(
      name = "revoke",
      description = "Ends a token of a site's agent: at once, also for one that is connected.")
  static final class RevokeAgentToken extends ApiVerb {
    @Parameters(index = "0", paramLabel = "<site>", description = "Its name or id.")
    private String site = "";

    @Parameters(index = "1", paramLabel = "<token id>", description = "Of agent-tokens.")
    private String token = "";

    @Override
    protected int run(ControlApi api) {
      var path = path(site) + "/agent-tokens/" + Call.part(token);
      tell(api.send(Call.delete(path)).json(), "Revoked.");
      return DONE;
    }
  }
}
