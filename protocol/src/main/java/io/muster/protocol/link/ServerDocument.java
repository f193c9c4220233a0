package io.muster.protocol.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.inventory.EntrySchema;
import io.muster.protocol.inventory.Reading;
import io.muster.protocol.inventory.ServerJson;
import io.muster.protocol.inventory.ServerReader;
import io.muster.protocol.inventory.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server as it travels: the JSON of the inventory file with every value in clear. It is read
 * apart from its message, so that one that a reader can't use costs itself alone. Never prints what
 * it holds.
 */
public final class ServerDocument {
  /** Only of one site's agent does a document come here, so it names none. */
  private static final String ANY_SITE = "";

  private final ObjectNode json;

  private ServerDocument(ObjectNode json) {
    this.json = json;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ServerDocument from(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw new IllegalArgumentException("a server must be an object");
    }
    return new ServerDocument(object);
  }

  public static ServerDocument of(Server server) {
    return new ServerDocument(ServerJson.write(server));
  }

  @JsonValue
  ObjectNode json() {
    return json;
  }

  /**
   * The server itself.
   *
   * @throws IllegalArgumentException with the key that is wrong and never with a secret
   */
  public Server read() {
    if (id() == null) {
      throw new IllegalArgumentException("id is missing");
    }
    // Keys of a later version are ignored, as all fields are.
    ObjectNode known = json.deepCopy().retain(EntrySchema.published().keys());
    Reading reading = ServerReader.read(known, Values.foreign(), ANY_SITE);
    Server server = reading.server();
    if (server == null) {
      throw new IllegalArgumentException(
          reading.problems().stream()
              .map(problem ->
                  problem.key() == null
                      ? problem.message()
                      : problem.key() + ": " + problem.message())
              .collect(Collectors.joining("; ")));
    }
    return server;
  }

  /** Null = it names none. */
  public @Nullable ServerId id() {
    JsonNode id = json.get("id");
    try {
      return id == null ? null : new ServerId(UUID.fromString(id.asText()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Fit to be shown. */
  public String name() {
    String name = json.path("name").asText();
    return name.matches("[A-Za-z0-9 ._-]{1,63}") ? name : "?";
  }

  /** About what it takes on the link. */
  public int size() {
    return json.toString().length();
  }

  /** The same for the same content, and nothing that tells the content: to see what changed. */
  public String digest() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(json.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerDocument document && document.json.equals(json);
  }

  @Override
  public int hashCode() {
    return Objects.hash(json);
  }

  @Override
  public String toString() {
    return "ServerDocument[id=" + id() + ", name=" + name() + "]";
  }
}
