package io.muster.control.server;

import io.micronaut.http.HttpStatus;
import io.muster.control.problem.FieldProblem;
import io.muster.control.problem.ProblemException;
import java.util.List;

/** What can stand against a change of the inventory. */
final class ServerProblems {
  private ServerProblems() {}

  static ProblemException invalid(List<io.muster.protocol.inventory.FieldProblem> problems) {
    return ProblemException.invalid(
        problems.stream()
            .map(problem ->
                new FieldProblem(problem.key() == null ? "" : problem.key(), problem.message()))
            .toList());
  }

  /** The name is another server's. */
  static ProblemException nameTaken(String name) {
    return ProblemException.conflict("exists", "There is a server '" + name + "' already.");
  }

  /** The id is another server's, of whatever tenant. */
  static ProblemException idTaken() {
    return ProblemException.invalid("id", "is in use; leave it out to get a new one");
  }

  static ProblemException limitReached(int limit) {
    return ProblemException.conflict(
        "server-limit",
        "This tenant may have %d servers and has them: delete one, or have the limit raised."
            .formatted(limit));
  }

  /** Kept secrets would go elsewhere, or be sent for somebody else. */
  static ProblemException secretRequired(List<String> secrets) {
    return ProblemException.invalid(
        "secret-required",
        secrets.stream()
            .map(secret ->
                new FieldProblem(
                    secret,
                    "has to be given again: where it is sent, what protects it there or whose it is"
                        + " changes"))
            .toList());
  }

  /** Somebody else changed it since it was read. */
  static ProblemException changedMeanwhile(ServerRow row) {
    return ProblemException.of(
        HttpStatus.PRECONDITION_FAILED,
        "changed",
        "Server '" + row.name() + "' has been changed since it was read: read it again.");
  }
}
