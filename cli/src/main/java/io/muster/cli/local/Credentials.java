package io.muster.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The passwords of one state folder, made at random when first asked for and the same ever after,
 * and tokens that others made.
 */
final class Credentials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, String> passwords;

  private Credentials(Path file, Map<String, String> passwords) {
    this.file = file;
    this.passwords = passwords;
  }

  /** A file that cannot be read as what we wrote is replaced, and {@code notices} hears of it. */
  static Credentials in(Path folder, Consumer<String> notices) throws IOException {
    var file = folder.resolve("credentials.json");
    var passwords = new TreeMap<String, String>();
    if (Files.exists(file)) {
      try {
        JSON.readTree(Files.readString(file))
            .properties()
            .forEach(field -> passwords.put(field.getKey(), field.getValue().asText()));
      } catch (JacksonException broken) {
        notices.accept(file + " is no JSON any more: new passwords are made.");
      }
    }
    return new Credentials(file, passwords);
  }

  Secret password(String of) throws IOException {
    var known = passwords.get(of);
    if (known != null) {
      return new Secret(known);
    }
    var made = Passwords.random();
    keep(of, made);
    return made;
  }

  /** Empty when nothing was made or kept under that name. */
  Optional<Secret> find(String of) {
    return Optional.ofNullable(passwords.get(of)).map(Secret::new);
  }

  void keep(String of, Secret secret) throws IOException {
    passwords.put(of, secret.reveal());
    PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passwords));
  }
}
