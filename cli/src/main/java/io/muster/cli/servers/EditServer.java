package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.api.ControlException;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    description = {
      "Changes what is given and leaves the rest.",
      "Where a new address would send a secret elsewhere, the secret is asked for again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers edit pve-1 --tag production --interval 30",
      "  muster servers edit pve-1 --host pve-1.new.example.org",
      "  pass pve-1 | muster servers edit pve-1 --secret-stdin"
    })
final class EditServer extends ApiVerb {
  @Parameters(paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Mixin private ServerFields fields = new ServerFields();
  @Mixin private SecretOfServer secret = new SecretOfServer();

  @Override
  protected int run(ControlApi api) {
    var change = fields.given();
    if (change.isEmpty() && !secret.isPiped()) {
      throw new UsageException("Nothing to change was given. Try: muster servers edit --help");
    }
    var seen = api.send(Call.get(Servers.path(server)));
    if (secret.isPiped()) {
      secret.replace(change, seen.json(), prompts());
    }
    var patch =
        Call.patch(Servers.path(seen.json().path("id").asText()), change).ifMatch(seen.version());
    try {
      return told(api.send(patch).json());
    } catch (ControlException refused) {
      if (!refused.code().equals("secret-required") || !prompts().isInteractive()) {
        throw refused;
      }
      remark("At another address, or with another trust, its secret is needed again.");
      refused.fields().forEach(key -> secret.ask(change, key, prompts()));
      return told(api.send(Call.patch(patch.path(), change).ifMatch(seen.version())).json());
    }
  }

  private int told(JsonNode changed) {
    tell(changed, "Changed " + changed.path("name").asText(server) + ".");
    return DONE;
  }
}
