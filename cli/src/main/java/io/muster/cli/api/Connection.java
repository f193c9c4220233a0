package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which control API is meant, and as whom: by {@code MUSTER_URL}, {@code MUSTER_TOKEN}, login. */
public final class Connection {
  private final Map<String, String> environment;
  private final LoginFile logins;
  private final Clock clock;

  /** Opens nothing yet. */
  public Connection(Map<String, String> environment, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.logins = LoginFile.of(environment);
    this.clock = clock;
  }

  /** The one that {@code MUSTER_URL} names, else that of the last login. */
  public ControlApi open() {
    var address = address(null);
    var script = token();
    return script == null
        ? asKept(address)
        : new ControlApi(address, new Transport(environment), Bearer.ofScript(script));
  }

  /**
   * Signs in and keeps it.
   *
   * @param url null = {@code MUSTER_URL}, else where the last login went
   * @return what the API told of it
   */
  public JsonNode login(@Nullable String url, String user, Secret password) {
    var address = address(url);
    var body = JsonNodeFactory.instance.objectNode();
    body.put("username", user).put("password", password.reveal());
    try (var api = new ControlApi(address, new Transport(environment), Bearer.nobody())) {
      var answer = api.send(Call.post("/login", body)).json();
      if (!answer.hasNonNull("accessToken")) {
        throw new ControlException(
            address + " answers, and not as a control API does. Is the address right?", null);
      }
      logins.locked(() -> {
        logins.keep(address, Login.of(user, answer, clock.instant()));
        return address;
      });
      return answer;
    }
  }

  /** Ends the login, here and there. */
  public ControlAddress logout() {
    var address = address(null);
    var login = logins.find(address);
    if (login.isPresent()) {
      endThere(address);
      logins.locked(() -> {
        logins.forget(address);
        return address;
      });
    }
    return address;
  }

  /** A login that is over already, or a control API that is away, keeps nobody logged in here. */
  private void endThere(ControlAddress address) {
    try (var api = asKept(address)) {
      api.send(Call.post("/logout"));
    } catch (ControlException overOrAway) {
      System.getLogger(Connection.class.getName())
          .log(System.Logger.Level.DEBUG, "Logged out here alone", overOrAway);
    }
  }

  /** Signs in for the next minutes, and keeps nothing. */
  public static ControlApi asUser(ControlAddress address, String user, Secret password) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("username", user).put("password", password.reveal());
    var transport = new Transport(Map.of());
    var signedOut = new ControlApi(address, transport, Bearer.nobody());
    var answer = signedOut.send(Call.post("/login", body)).json();
    return new ControlApi(address, transport, Bearer.ofScript(answer.path("accessToken").asText()));
  }

  /** With an API token, without proxies. */
  public static ControlApi asScript(ControlAddress address, Secret token) {
    return new ControlApi(address, new Transport(Map.of()), Bearer.ofScript(token.reveal()));
  }

  /** Where calls go. */
  public ControlAddress address(@Nullable String named) {
    var url = named != null ? named : environment.getOrDefault("MUSTER_URL", "").strip();
    var latest = url.isEmpty() ? logins.latest() : url;
    if (latest == null) {
      throw new ControlException(
          "No control API is named. Log in: muster login https://muster.example.org (scripts: set MUSTER_URL and MUSTER_TOKEN)",
          null);
    }
    return ControlAddress.of(
        latest, Boolean.parseBoolean(environment.get("MUSTER_ALLOW_PLAIN_HTTP")));
  }

  /** As whoever logged in there, whatever {@code MUSTER_TOKEN} says. */
  public ControlApi asKept(ControlAddress address) {
    var transport = new Transport(environment);
    var signedOut = new ControlApi(address, transport, Bearer.nobody());
    return new ControlApi(address, transport, new KeptLogin(logins, address, signedOut, clock));
  }

  private @Nullable String token() {
    var token = environment.getOrDefault("MUSTER_TOKEN", "").strip();
    if (!token.isEmpty()) {
      return token;
    }
    var file = environment.getOrDefault("MUSTER_TOKEN_FILE", "").strip();
    if (file.isEmpty()) {
      return null;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new ControlException("MUSTER_TOKEN_FILE: cannot read " + file, unreadable);
    }
  }
}
