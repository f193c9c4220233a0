package io.muster.control.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * An error as {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code about:blank}: the code tells what it is
 * @param title the status in words
 * @param detail what was being done, what went wrong and what to do, for people
 * @param code what went wrong, for programs
 * @param errors the fields of bad input; absent where no field is to blame
 */
@Serdeable
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {
  public Problem {
    errors = List.copyOf(errors);
  }
}
