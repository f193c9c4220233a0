package io.muster.agent.proxmox;

import io.muster.agent.provider.ApiCall;
import java.util.List;

/** A call that the agent makes, and what its answer looks like. */
record KnownCall(ApiCall call, Shape shape) {
  /** Whether a path below {@code /api2/json}, without its query, is this call. */
  boolean matches(String path) {
    List<String> wanted = parts(call.path());
    List<String> asked = parts(path);
    if (wanted.size() != asked.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!isVariable(wanted.get(i)) && !wanted.get(i).equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  static List<String> parts(String path) {
    int query = path.indexOf('?');
    return List.of((query < 0 ? path : path.substring(0, query)).split("/", -1));
  }

  static boolean isVariable(String part) {
    return part.startsWith("{");
  }
}
