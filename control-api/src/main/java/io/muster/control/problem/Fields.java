package io.muster.control.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the fields of a request and tells all that is wrong with them at once. */
public final class Fields {
  private final List<FieldProblem> problems = new ArrayList<>();

  /** Keeps what is wrong with {@code field}; never give a secret's value in {@code message}. */
  public void wrong(String field, String message) {
    problems.add(new FieldProblem(field, message));
  }

  /** A text that must be there and match; gives it, or an empty one when it is wrong. */
  public String text(String field, @Nullable String value, Pattern pattern, String expected) {
    if (value == null || value.isBlank()) {
      wrong(field, "is missing");
      return "";
    }
    if (!pattern.matcher(value).matches()) {
      wrong(field, "must be " + expected);
      return "";
    }
    return value;
  }

  /** A value that must be there; gives {@code fallback} when it is not, which is then told. */
  public <T> T present(String field, @Nullable T value, T fallback) {
    if (value == null) {
      wrong(field, "is missing");
      return fallback;
    }
    return value;
  }

  /** Ends a check: 400 with everything that is wrong. */
  public void check() {
    if (!problems.isEmpty()) {
      throw ProblemException.invalid(problems);
    }
  }
}
