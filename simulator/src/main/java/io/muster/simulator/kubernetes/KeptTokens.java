package io.muster.simulator.kubernetes;

import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Accounts.Role;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the accounts' tokens over a restart, readable by their owner alone. */
final class KeptTokens {
  private KeptTokens() {}

  /**
   * The accounts with the tokens that are kept, or with new ones that are kept from now on.
   *
   * @param dataFolder null keeps nothing
   * @param namespace of the account that sees nothing else
   */
  static Accounts accounts(@Nullable Path dataFolder, String namespace, Instant now)
      throws IOException {
    Map<Role, String> kept = new EnumMap<>(Role.class);
    if (dataFolder != null) {
      for (Role role : Role.values()) {
        if (Files.exists(file(dataFolder, role))) {
          kept.put(role, Files.readString(file(dataFolder, role)).strip());
        }
      }
    }
    Accounts accounts = new Accounts(kept, namespace, now);
    if (dataFolder != null) {
      for (Role role : Role.values()) {
        PrivateFile.write(file(dataFolder, role), accounts.token(role) + "\n");
      }
    }
    return accounts;
  }

  private static Path file(Path folder, Role role) {
    return folder.resolve(role.name().toLowerCase(Locale.ROOT) + ".token");
  }
}
