package io.muster.simulator.openstack.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.http.Request;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Actor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that a service answers.
 *
 * @param base where the cloud is, such as {@code https://127.0.0.1:5000}
 * @param in what stands in the path
 * @param caller null where nobody is asked who he is
 * @param microversion such as 53 for 2.53
 */
public record Call(
    Request request,
    String base,
    Map<String, String> in,
    @Nullable Token caller,
    int microversion,
    String requestId) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Call {
    in = Map.copyOf(in);
  }

  /** A part of the path. */
  public String in(String name) {
    return Objects.requireNonNull(in.get(name), name);
  }

  /** Whose token it is. */
  public Token token() {
    return Objects.requireNonNull(caller, "the route asks for a token");
  }

  public boolean isAdmin() {
    return token().isAdmin();
  }

  public Actor actor() {
    Token token = token();
    return new Actor(token.user().id(), token.project(), token.isAdmin(), requestId);
  }

  /** A parameter of the query, or null. */
  public @Nullable String query(String name) {
    return request.parameter(name);
  }

  /** A parameter of the query in the words that OpenStack takes for true. */
  public boolean flag(String name) {
    String value = query(name);
    return value != null && (value.isEmpty() || value.matches("(?i)1|true|t|yes|y|on"));
  }

  /** Refuses whoever is no administrator. */
  public void requireAdmin(String policy) {
    if (!isAdmin()) {
      throw forbidden(policy);
    }
  }

  static Refusal forbidden(String policy) {
    return new Refusal(403, "Policy doesn't allow " + policy + " to be performed.");
  }

  /** The body, which must be a JSON object. */
  public JsonNode body() {
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private static Refusal malformed(@Nullable Exception cause) {
    Refusal refusal = new Refusal(400, "Malformed request body");
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }
}
