package io.muster.cli.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Prompts;
import io.muster.cli.verb.ApiVerb;
import io.muster.protocol.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster password}: one's own. */
@Command(
    name = "password",
    description = {
      "Changes your own password. Both are asked for without echo.",
      "With --password-stdin the first line is the present one, the second the new one."
    })
public final class PasswordCommand extends ApiVerb {
  @Mixin private NewPassword password = new NewPassword();

  @Override
  protected int run(ControlApi api) {
    var present = password.isPiped() ? read("The present password") : typed();
    change(api, present, password.read(prompts(), "New password"));
    tell(JsonNodeFactory.instance.objectNode(), "Your password is changed.");
    return DONE;
  }

  static void change(ControlApi api, Secret present, Secret next) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("currentPassword", present.reveal()).put("newPassword", next.reveal());
    api.send(Call.put("/me/password", body));
  }

  private Secret read(String what) {
    return prompts().pipedSecret(what);
  }

  private Secret typed() {
    Prompts prompts = prompts();
    return prompts.secret("Present password", "Pipe both in with --password-stdin.");
  }
}
