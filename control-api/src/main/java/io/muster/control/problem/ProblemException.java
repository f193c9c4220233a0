package io.muster.control.problem;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.Map;

/** A request that is answered with a {@link Problem}; not logged, since it is the caller's. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  // Exceptions are serialisable by inheritance only; nobody serialises this one.
  private final transient List<FieldProblem> errors;
  private final transient Map<String, String> headers;

  private ProblemException(
      HttpStatus status,
      String code,
      String detail,
      List<FieldProblem> errors,
      Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  public static ProblemException of(HttpStatus status, String code, String detail) {
    return new ProblemException(status, code, detail, List.of(), Map.of());
  }

  /** 404, also for what another tenant has. */
  public static ProblemException notFound(String kind, String id) {
    return of(HttpStatus.NOT_FOUND, "not-found", "There is no " + kind + " '" + id + "'.");
  }

  /** 409: the request is well-formed, but something stands against it. */
  public static ProblemException conflict(String code, String detail) {
    return of(HttpStatus.CONFLICT, code, detail);
  }

  /** 403: known, but not allowed. */
  public static ProblemException forbidden(String detail) {
    return of(HttpStatus.FORBIDDEN, "forbidden", detail);
  }

  /** 400 with every field that is wrong, not only the first. */
  public static ProblemException invalid(List<FieldProblem> errors) {
    return invalid("invalid", errors);
  }

  /** The same with a code of its own, for programs that can do something about it. */
  public static ProblemException invalid(String code, List<FieldProblem> errors) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        code,
        errors.size() == 1 ? sentence(errors.getFirst()) : errors.size() + " fields are wrong.",
        errors,
        Map.of());
  }

  /** Empty: no field alone is to blame. */
  private static String sentence(FieldProblem error) {
    return error.field().isEmpty() ? error.message() : error.field() + ": " + error.message();
  }

  /** 400 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldProblem(field, message)));
  }

  /** The same with a header on the answer. */
  public ProblemException with(String header, String value) {
    return new ProblemException(
        status, code, String.valueOf(getMessage()), errors, Map.of(header, value));
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public List<FieldProblem> errors() {
    return errors;
  }

  /** The answer that it is. */
  public MutableHttpResponse<Problem> answer() {
    MutableHttpResponse<Problem> answer =
        HttpResponse.<Problem>status(status)
            .body(problem())
            .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    headers.forEach(answer::header);
    return answer;
  }

  Problem problem() {
    return new Problem(
        Problems.TYPE,
        status.getReason(),
        status.getCode(),
        String.valueOf(getMessage()),
        code,
        errors);
  }
}
