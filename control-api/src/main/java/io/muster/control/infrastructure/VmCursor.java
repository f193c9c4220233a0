package io.muster.control.infrastructure;

import io.muster.control.problem.FieldProblem;
import io.muster.control.problem.ProblemException;
import io.muster.control.rows.Sql;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk through all VMs stands. It goes by ids, which don't change: whatever comes, goes or
 * is renamed meanwhile, of what is there all the time nothing is missed and nothing shown twice.
 *
 * @param server of the last VM that was shown; null = none was
 */
record VmCursor(@Nullable UUID server, String vmId) {
  /** What the order is made of. */
  static final String ORDER = "v.server_id, v.vm_id";

  private static final String START = "start";
  private static final char SEPARATOR = '/';
  private static final int UUID_LENGTH = 36;

  /**
   * Reads a parameter.
   *
   * @throws ProblemException 400 when it is none
   */
  static VmCursor read(String text) {
    if (text.equals(START)) {
      return new VmCursor(null, "");
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      if (place.indexOf(SEPARATOR) == UUID_LENGTH) {
        return new VmCursor(
            UUID.fromString(place.substring(0, UUID_LENGTH)), place.substring(UUID_LENGTH + 1));
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw ProblemException.invalid(
        List.of(new FieldProblem("after", "must be start, or next of the answer before")));
  }

  /** Behind this VM. */
  static String after(VmView vm) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (vm.serverId().toString() + SEPARATOR + vm.state().vmId())
                .getBytes(StandardCharsets.UTF_8));
  }

  /** Narrows a statement over {@code vm_now v} to what is still to be shown. */
  Sql narrow(Sql sql) {
    return server == null
        ? sql
        : sql.then(
            " AND (v.server_id > ? OR (v.server_id = ? AND v.vm_id > ?))", server, server, vmId);
  }
}
