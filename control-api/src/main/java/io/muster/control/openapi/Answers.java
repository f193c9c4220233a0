package io.muster.control.openapi;

import io.micronaut.http.MediaType;
import io.muster.control.problem.Problem;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The problems that routes of one kind can answer with, for the OpenAPI file. */
public final class Answers {
  private static final String INVALID =
      """
      {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "name: is missing", \
      "code": "invalid", "errors": [{"field": "name", "message": "is missing"}]}\
      """;
  private static final String UNAUTHENTICATED =
      """
      {"type": "about:blank", "title": "Unauthorized", "status": 401, \
      "detail": "No valid token was shown: sign in, or send another API token.", "code": "unauthenticated"}\
      """;
  private static final String WRONG_CREDENTIALS =
      """
      {"type": "about:blank", "title": "Unauthorized", "status": 401, \
      "detail": "Wrong name or password. After 5 wrong ones an account is locked for 15 minutes.", \
      "code": "wrong-credentials"}\
      """;
  private static final String FORBIDDEN =
      """
      {"type": "about:blank", "title": "Forbidden", "status": 403, \
      "detail": "Your role does not allow this.", "code": "forbidden"}\
      """;
  private static final String NOT_FOUND =
      """
      {"type": "about:blank", "title": "Not Found", "status": 404, \
      "detail": "There is no site 'name:berlin'.", "code": "not-found"}\
      """;
  private static final String CONFLICT =
      """
      {"type": "about:blank", "title": "Conflict", "status": 409, \
      "detail": "The name 'berlin' is taken.", "code": "exists"}\
      """;
  private static final String TOO_MANY =
      """
      {"type": "about:blank", "title": "Too Many Requests", "status": 429, \
      "detail": "Too many attempts to sign in from this address: try again in 42 s.", "code": "too-many-requests"}\
      """;

  private static final String HISTORY_UNAVAILABLE =
      """
      {"type": "about:blank", "title": "Service Unavailable", "status": 503, \
      "detail": "What was measured can't be read just now; the control API's log says why.", \
      "code": "history-unavailable"}\
      """;

  private Answers() {}

  /** A route that reads. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @ApiResponse(
      responseCode = "400",
      description = "Something in the request is wrong; `errors` has the fields",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "invalid", value = INVALID)))
  @ApiResponse(
      responseCode = "401",
      description = "No valid token",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "unauthenticated", value = UNAUTHENTICATED)))
  @ApiResponse(
      responseCode = "403",
      description = "The role does not allow it",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "forbidden", value = FORBIDDEN)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such thing, or it is another tenant's",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "not-found", value = NOT_FOUND)))
  public @interface Reads {}

  /** A route that reads what was measured, which is in QuestDB. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @Reads
  @ApiResponse(
      responseCode = "503",
      description = "QuestDB can't be read now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "history-unavailable", value = HISTORY_UNAVAILABLE)))
  public @interface Measured {}

  /** A route that changes something. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @Reads
  @ApiResponse(
      responseCode = "409",
      description = "Something stands against it; `code` says what",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "exists", value = CONFLICT)))
  public @interface Changes {}

  /** A route without a token. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @ApiResponse(
      responseCode = "400",
      description = "Something in the request is wrong; `errors` has the fields",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "invalid", value = INVALID)))
  @ApiResponse(
      responseCode = "401",
      description = "Name, password or refresh token are not (or no longer) good",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "wrong-credentials", value = WRONG_CREDENTIALS)))
  @ApiResponse(
      responseCode = "429",
      description = "Too many attempts; `Retry-After` says when to try again",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "too-many-requests", value = TOO_MANY)))
  public @interface SignsIn {}
}
