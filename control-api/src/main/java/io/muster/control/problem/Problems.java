package io.muster.control.problem;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/**
 * Every error leaves through here. What a library says of bad input is not passed on: it may quote
 * the input, and that may hold a secret.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class Problems implements ErrorResponseProcessor<Problem> {
  /** The code tells what it is; there is no page per kind. */
  static final String TYPE = "about:blank";

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Problem problem =
        context
            .getRootCause()
            .map(cause -> of(context.getRequest(), response.status(), cause))
            .orElseGet(() -> of(response.status()));
    return answer(response, problem);
  }

  @SuppressWarnings("unchecked") // the body that was there is replaced with its type
  private static MutableHttpResponse<Problem> answer(
      MutableHttpResponse<?> response, Problem problem) {
    return ((MutableHttpResponse<Problem>) response)
        .body(problem)
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
  }

  private static Problem of(HttpRequest<?> request, HttpStatus status, Throwable cause) {
    return switch (cause) {
      case ProblemException exception -> exception.problem();
      case UnsatisfiedRouteException missing -> badArgument(missing.getArgument(), "is missing");
      case ConversionErrorException wrong when !isBody(wrong.getArgument()) ->
          badArgument(wrong.getArgument(), "must be " + expected(wrong.getArgument().getType()));
      case ConversionErrorException wrong ->
          UnreadableBody.problem(wrong.getConversionError().getCause());
      default ->
          status == HttpStatus.BAD_REQUEST && request.getMethod().permitsRequestBody()
              ? UnreadableBody.problem(cause)
              : of(status);
    };
  }

  private static String expected(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "int", "long" -> "a whole number";
      case "boolean" -> "true or false";
      case "UUID" -> "a UUID";
      default -> "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static boolean isBody(Argument<?> argument) {
    return argument.getAnnotationMetadata().hasAnnotation("io.micronaut.http.annotation.Body");
  }

  private static Problem badArgument(Argument<?> argument, String message) {
    return isBody(argument)
        ? ProblemException.of(HttpStatus.BAD_REQUEST, "invalid", "The request has no body.")
            .problem()
        : ProblemException.invalid(argument.getName(), message).problem();
  }

  private static Problem of(HttpStatus status) {
    String detail =
        switch (status) {
          case BAD_REQUEST -> "The request can't be understood.";
          case UNAUTHORIZED -> "No valid token was shown: sign in, or send another API token.";
          case FORBIDDEN -> "Your role does not allow this.";
          case NOT_FOUND -> "There is nothing at this address.";
          case METHOD_NOT_ALLOWED -> "This address does not take this method.";
          case NOT_ACCEPTABLE -> "This address does not answer in the form that was asked for.";
          case UNSUPPORTED_MEDIA_TYPE -> "This address does not take content of this type.";
          case REQUEST_ENTITY_TOO_LARGE -> "The request is larger than what is taken.";
          case INTERNAL_SERVER_ERROR -> OurFault.DETAIL;
          default -> status.getReason() + ".";
        };
    return new Problem(TYPE, status.getReason(), status.getCode(), detail, code(status), List.of());
  }

  private static String code(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST -> "invalid";
      case UNAUTHORIZED -> "unauthenticated";
      case REQUEST_ENTITY_TOO_LARGE -> "too-large";
      case INTERNAL_SERVER_ERROR -> OurFault.CODE;
      default -> status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }
}
