package io.muster.simulator.openstack;

import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Passwords and secrets, kept over a restart where only their owner can read them. */
final class KeptSecrets {
  private static final int BYTES = 24;

  private final @Nullable Path folder;
  private final SecureRandom random = new SecureRandom();

  /**
   * Of one cloud.
   *
   * @param dataFolder null keeps nothing
   */
  KeptSecrets(@Nullable Path dataFolder) {
    this.folder = dataFolder;
  }

  /** The kept one of that name, or a new one that is kept from now on. */
  String of(String name) throws IOException {
    if (folder == null) {
      return fresh();
    }
    Path file = folder.resolve(name + ".secret");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    String secret = fresh();
    PrivateFile.write(file, secret + "\n");
    return secret;
  }

  private String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
