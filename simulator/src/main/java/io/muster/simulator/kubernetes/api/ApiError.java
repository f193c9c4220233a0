package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API answers instead of what was asked for: a {@code Status}. */
public final class ApiError extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final transient @Nullable ObjectNode details;

  private ApiError(int code, String reason, String message, @Nullable ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public static ApiError of(int code, String reason, String message) {
    return new ApiError(code, reason, message, null);
  }

  static ApiError about(int code, String reason, String message, Kind.Names kind, String name) {
    return about(code, reason, message, kind.group(), kind.plural(), name);
  }

  public static ApiError about(
      int code, String reason, String message, String group, String plural, String name) {
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    details.put("kind", plural);
    return new ApiError(code, reason, message, details);
  }

  public static ApiError badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  public static ApiError unauthorized() {
    return of(401, "Unauthorized", "Unauthorized");
  }

  static ApiError notFound(Kind.Names kind, String name) {
    return about(404, "NotFound", kind.qualified() + " \"" + name + "\" not found", kind, name);
  }

  static ApiError noSuchPath() {
    return about(404, "NotFound", "the server could not find the requested resource", "", "", "");
  }

  static ApiError notAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  static ApiError conflict(Kind.Names kind, String name, String why) {
    return about(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind.qualified() + " \"" + name + "\": " + why,
        kind,
        name);
  }

  /** What a client asked to go on from is forgotten. */
  static ApiError expired(String message) {
    return of(410, "Expired", message);
  }

  static ApiError invalid(Kind.Names kind, String name, String why) {
    return about(
        422,
        "Invalid",
        kind.kind() + "." + kind.group() + " \"" + name + "\" is invalid: " + why,
        kind,
        name);
  }

  public int code() {
    return code;
  }

  /** The {@code Status} itself. */
  public ObjectNode status() {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  public Answer answer() {
    return Answer.json(code, Json.text(status()));
  }

  /** The same with a header. */
  public Answer answer(Map<String, String> headers) {
    return new Answer(code, "application/json", headers, Json.text(status()));
  }
}
