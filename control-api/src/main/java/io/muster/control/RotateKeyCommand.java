package io.muster.control;

import io.muster.control.crypto.KeyRotation;
import io.muster.control.settings.ControlSettings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code muster-control rotate-key}: with the control API stopped. */
@Command(
    name = "rotate-key",
    description = {
      "Makes a new key for the providers' credentials and seals all of them anew.",
      "The control API must be stopped. Everybody signed in has to refresh their login."
    },
    mixinStandardHelpOptions = true)
final class RotateKeyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    ControlSettings settings = ControlSettings.read(Main.variables());
    try (ControlParts parts = ControlParts.start(settings, ControlProperties.of(settings, 0, 0))) {
      int count = parts.bean(KeyRotation.class).rotate();
      if (spec != null) {
        spec.commandLine()
            .getOut()
            .println("Sealed " + count + " secrets with a new key: " + settings.keyFile());
      }
      return 0;
    }
  }
}
