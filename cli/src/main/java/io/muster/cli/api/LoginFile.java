package io.muster.cli.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.local.PrivateFiles;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logins of one user of this machine, by address; for that user alone. A refresh token works once,
 * so whoever renews holds the file's lock.
 */
public final class LoginFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LATEST = "latest";
  private static final String LOGINS = "logins";

  private final Path folder;

  public LoginFile(Path folder) {
    this.folder = folder;
  }

  /** In the user's folder for configuration, as the system calls it. */
  public static LoginFile of(Map<String, String> environment) {
    var named = environment.get("XDG_CONFIG_HOME");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    var config =
        named == null || !Path.of(named).isAbsolute() ? Path.of(home, ".config") : Path.of(named);
    return new LoginFile(config.resolve("muster"));
  }

  /** Where the last login went; null when nobody is logged in. */
  public @Nullable String latest() {
    return read().path(LATEST).textValue();
  }

  public Optional<Login> find(ControlAddress address) {
    var login = read().path(LOGINS).path(address.toString());
    return login.isMissingNode() ? Optional.empty() : Optional.of(read(login));
  }

  void keep(ControlAddress address, Login login) {
    var all = read();
    all.put(LATEST, address.toString());
    var entry = all.withObjectProperty(LOGINS).putObject(address.toString());
    entry.put("user", login.user());
    entry.put("role", login.role());
    entry.put("tenant", login.tenant());
    entry.put("accessToken", login.accessToken().reveal());
    entry.put("refreshToken", login.refreshToken().reveal());
    entry.put("expiresAt", login.expiresAt().toString());
    write(all);
  }

  void forget(ControlAddress address) {
    var all = read();
    all.withObjectProperty(LOGINS).remove(address.toString());
    if (address.toString().equals(all.path(LATEST).textValue())) {
      all.remove(LATEST);
    }
    write(all);
  }

  /** What is done while no other {@code muster} of this user renews a login. */
  interface Locked<T> {
    T run();
  }

  <T> T locked(Locked<T> work) {
    try {
      PrivateFiles.createFolder(folder);
      var file = folder.resolve("logins.lock");
      try (var channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        assert lock.isValid();
        return work.run();
      }
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  private static Login read(JsonNode entry) {
    return new Login(
        entry.path("user").asText(),
        entry.path("role").asText(),
        entry.path("tenant").asText(),
        new Secret(entry.path("accessToken").asText()),
        new Secret(entry.path("refreshToken").asText()),
        Instant.parse(entry.path("expiresAt").asText("1970-01-01T00:00:00Z")));
  }

  private ObjectNode read() {
    try {
      return Files.exists(file())
          ? JSON.readValue(Files.readString(file()), ObjectNode.class)
          : JSON.createObjectNode();
    } catch (JacksonException broken) {
      // Somebody edited it: a login makes it anew.
      return JSON.createObjectNode();
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  private void write(ObjectNode all) {
    try {
      PrivateFiles.createFolder(folder);
      PrivateFiles.write(file(), all.toPrettyString() + "\n");
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  private Path file() {
    return folder.resolve("logins.json");
  }

  private ControlException unusable(IOException failed) {
    return new ControlException(
        "Cannot keep logins in %s: %s. Scripts do without: set MUSTER_TOKEN."
            .formatted(folder, failed.getMessage()),
        failed);
  }
}
