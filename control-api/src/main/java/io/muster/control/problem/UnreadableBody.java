package io.muster.control.problem;

import io.micronaut.http.HttpStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be told of JSON that does not fit, without quoting any of it but its keys. */
final class UnreadableBody {
  private static final Pattern UNKNOWN_KEY =
      Pattern.compile("Unknown property \\[([A-Za-z0-9_.-]{1,63})\\]");

  private UnreadableBody() {}

  static Problem problem(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException own) {
        return own.problem();
      }
      Matcher unknown = UNKNOWN_KEY.matcher(String.valueOf(cause.getMessage()));
      if (unknown.find()) {
        return ProblemException.invalid(String.valueOf(unknown.group(1)), "is not known here")
            .problem();
      }
    }
    return ProblemException.of(
            HttpStatus.BAD_REQUEST,
            "invalid",
            "The body is not JSON of the form that is expected here.")
        .problem();
  }
}
