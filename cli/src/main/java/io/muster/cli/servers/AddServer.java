package io.muster.cli.servers;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "Adds a server. Its secret is asked for, or read with --secret-stdin.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers add pve-1 --host pve-1.example.org --token-id muster@pve!monitor",
      "  muster servers add k8s --provider kubernetes --url https://k8s.example.org:6443",
      "  muster servers add k8s-2 --provider kubernetes --secret-file kubeConfig=admin.conf",
      "  muster servers add cloud --provider openstack --set region=RegionOne \\",
      "      --set authUrl=https://cloud.example.org:5000/v3 --set applicationCredentialId=8f14…",
      "  pass pve-1 | muster servers add pve-1 --from pve-1.json --secret-stdin"
    })
final class AddServer extends ApiVerb {
  @Parameters(paramLabel = "<name>", description = "What people call it.")
  private String name = "";

  @Option(names = "--disabled", description = "Known, not polled yet.")
  private boolean disabled;

  @Mixin private ServerFields fields = new ServerFields();
  @Mixin private SecretOfServer secret = new SecretOfServer();

  @Override
  protected int run(ControlApi api) {
    var body = fields.given();
    body.put("name", name);
    if (!body.has("provider")) {
      body.put("provider", "proxmox");
    }
    if (disabled) {
      body.put("enabled", false);
    }
    secret.complete(body, prompts());
    var added = api.send(Call.post("/servers", body)).json();
    tell(
        added,
        "Added %s (%s). See how it is: muster servers test %s"
            .formatted(name, added.path("id").asText(), quoted(name)));
    return DONE;
  }

  static String quoted(String name) {
    return name.contains(" ") ? "\"" + name + "\"" : name;
  }
}
