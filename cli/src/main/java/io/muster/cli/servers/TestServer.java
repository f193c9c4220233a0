package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description = {
      "Connects to a server now, through its site's agent, and says what is wrong.",
      "With fields in place of a name: a server that is not in the inventory yet."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers test pve-1",
      "  muster servers test --host pve-1.example.org --token-id muster@pve!monitor"
    })
final class TestServer extends ApiVerb {
  @Parameters(arity = "0..1", paramLabel = "<server>", description = "Its name or id.")
  private @Nullable String server;

  @Mixin private ServerFields fields = new ServerFields();
  @Mixin private SecretOfServer secret = new SecretOfServer();

  @Override
  protected int run(ControlApi api) {
    var answer = api.send(request()).json();
    show(answer, "", () -> table(answer));
    return answer.path("ok").asBoolean() ? DONE : FAILED;
  }

  private Call request() {
    var given = fields.given();
    if (server != null) {
      return Call.post(Servers.path(server) + "/test");
    }
    if (given.isEmpty()) {
      throw new UsageException("Name a server, or give its fields. Try: muster servers test -h");
    }
    given.put("name", given.path("name").asText("test"));
    if (!given.has("provider")) {
      given.put("provider", "proxmox");
    }
    secret.complete(given, prompts());
    return Call.post("/servers/test", given);
  }

  private static Table table(JsonNode answer) {
    var table = new Table("", "");
    table.add("result", answer.path("ok").asBoolean() ? "ok" : "FAILED");
    addKnown(table, "failure", answer.path("failure"));
    addKnown(table, "error", answer.path("error"));
    table.add("answered in", Words.amount(answer.path("responseTimeMs"), " ms"));
    addKnown(table, "version", answer.path("version"));
    addKnown(table, "nodes", answer.path("nodes"));
    if (!answer.path("missingPrivileges").isEmpty()) {
      table.add("missing privileges", Words.of(answer.path("missingPrivileges")));
    }
    for (var certificate : answer.path("certificates")) {
      var trusted = certificate.path("trusted").asBoolean() ? "trusted" : "NOT TRUSTED";
      table.add("certificate", trusted + ", of " + Words.of(certificate.path("subject")));
      table.note("issued by " + Words.of(certificate.path("issuer")));
      table.note("SHA-256 " + Words.of(certificate.path("sha256")));
    }
    return table;
  }

  private static void addKnown(Table table, String what, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      table.add(what, Words.of(value));
    }
  }
}
