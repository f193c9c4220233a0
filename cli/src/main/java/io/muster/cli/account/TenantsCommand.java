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

/** {@code muster tenants …}: who is kept apart from whom. */
@Command(
    name = "tenants",
    description = "Tenants: each sees its own servers, users and audit alone.",
    subcommands = {
      TenantsCommand.ListTenants.class,
      TenantsCommand.AddTenant.class,
      TenantsCommand.EditTenant.class,
      TenantsCommand.DeleteTenant.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster tenants add customer-7 --admin eva@customer-7 --server-limit 20",
      "  muster tenants edit customer-7 --server-limit 100"
    })
public final class TenantsCommand extends VerbGroup {
  private static final String ROUTE = "/tenants";
  private static final String LIMIT = "serverLimit";

  private static String path(ControlApi api, String tenant) {
    return ByName.path(api, ROUTE, "name", tenant);
  }

  @Command(name = "list", description = "Lists tenants.")
  static final class ListTenants extends ApiVerb {
    @Override
    protected int run(ControlApi api) {
      var tenants = api.all(Call.get(ROUTE));
      show(
          tenants,
          "No tenants.",
          () -> {
            var table = new Table("TENANT", "SERVERS AT MOST", "MADE");
            for (var tenant : tenants) {
              table.add(
                  Words.of(tenant.path("name")),
                  Words.of(tenant.path(LIMIT)),
                  Words.time(tenant.path("createdAt"), now()));
            }
            return table;
          });
      return DONE;
    }
  }

  @Command(name = "add", description = "Adds a tenant, with its first administrator.")
  static final class AddTenant extends ApiVerb {
    @Parameters(paramLabel = "<tenant>", description = "Its name.")
    private String tenant = "";

    @Option(
        names = "--admin",
        paramLabel = "<user>",
        required = true,
        description = "The name with which its first administrator signs in.")
    private String admin = "";

    @Option(
        names = "--server-limit",
        paramLabel = "<number>",
        description = "Servers that it may have at most; 50 if not given.")
    private @Nullable Integer limit;

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode().put("name", tenant).put("admin", admin);
      if (limit != null) {
        body.put(LIMIT, limit);
      }
      var added = api.send(Call.post(ROUTE, body)).json();
      tell(added, OneTimePassword.sentence(admin, added.path("adminPassword")));
      return DONE;
    }
  }

  @Command(name = "edit", description = "Changes what is given and leaves the rest.")
  static final class EditTenant extends ApiVerb {
    @Parameters(paramLabel = "<tenant>", description = "Its name or id.")
    private String tenant = "";

    @Option(names = "--name", paramLabel = "<name>", description = "Its new name.")
    private @Nullable String name;

    @Option(
        names = "--server-limit",
        paramLabel = "<number>",
        description = "Servers that it may have at most.")
    private @Nullable Integer limit;

    @Override
    protected int run(ControlApi api) {
      var body = JsonNodeFactory.instance.objectNode();
      if (name != null) {
        body.put("name", name);
      }
      if (limit != null) {
        body.put(LIMIT, limit);
      }
      if (body.isEmpty()) {
        throw new UsageException("Nothing to change was given. Try: muster tenants edit --help");
      }
      tell(api.send(Call.patch(path(api, tenant), body)).json(), "Changed " + tenant + ".");
      return DONE;
    }
  }

  @Command(name = "delete", description = "Deletes a tenant that has no servers and no sites.")
  static final class DeleteTenant extends ApiVerb {
    @Parameters(paramLabel = "<tenant>", description = "Its name or id.")
    private String tenant = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    @Override
    protected int run(ControlApi api) {
      if (!confirmation.given(prompts(), "Delete tenant " + tenant + "?")) {
        remark("Nothing was deleted.");
        return FAILED;
      }
      tell(api.send(Call.delete(path(api, tenant))).json(), "Deleted " + tenant + ".");
      return DONE;
    }
  }
}
