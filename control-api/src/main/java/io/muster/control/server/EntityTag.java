package io.muster.control.server;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A server's version as an {@code ETag}. */
final class EntityTag {
  private EntityTag() {}

  static String of(ServerRow row) {
    return "\"" + row.version() + "\"";
  }

  /**
   * Sees to it that a change is made of what its author has seen.
   *
   * @param ifMatch the request's header; null = whatever is there
   */
  static void require(@Nullable String ifMatch, ServerRow row) {
    if (ifMatch == null) {
      return;
    }
    boolean seen =
        Arrays.stream(ifMatch.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(of(row)));
    if (!seen) {
      throw ServerProblems.changedMeanwhile(row);
    }
  }
}
