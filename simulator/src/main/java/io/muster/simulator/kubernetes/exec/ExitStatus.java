package io.muster.simulator.kubernetes.exec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a command ended, as the API tells it. */
final class ExitStatus {
  private ExitStatus() {}

  static String of(int code) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("metadata");
    if (code == 0) {
      return status.put("status", "Success").toString();
    }
    status
        .put("status", "Failure")
        .put(
            "message",
            "command terminated with non-zero exit code: error executing command, exit code "
                + code)
        .put("reason", "NonZeroExitCode")
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "ExitCode")
        .put("message", String.valueOf(code));
    return status.toString();
  }

  static String notFound(String program) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("metadata");
    return status
        .put("status", "Failure")
        .put("reason", "InternalError")
        .put(
            "message",
            ("Internal error occurred: error executing command in container: exec: \"%s\":"
                    + " executable file not found in $PATH")
                .formatted(program))
        .put("code", 500)
        .toString();
  }
}
