package io.muster.simulator.openstack.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method at a path of a service.
 *
 * @param path below that of the service, with parameters in braces
 * @param who may call it
 * @param policy as a refusal names it
 * @param since the first microversion that has it
 * @param until the last one
 */
public record Route(
    String method, String path, Who who, String policy, int since, int until, Endpoint endpoint) {

  /** Who may call something. */
  public enum Who {
    /** Without a token. */
    ANYBODY,
    /** With any token of a project. */
    USERS,
    ADMINISTRATORS
  }

  public static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, path, Who.ANYBODY, "", 0, Integer.MAX_VALUE, endpoint);
  }

  public static Route user(String method, String path, Endpoint endpoint) {
    return new Route(method, path, Who.USERS, "", 0, Integer.MAX_VALUE, endpoint);
  }

  public static Route admin(String method, String path, String policy, Endpoint endpoint) {
    return new Route(method, path, Who.ADMINISTRATORS, policy, 0, Integer.MAX_VALUE, endpoint);
  }

  /** The same from a microversion on. */
  public Route since(int minor) {
    return new Route(method, path, who, policy, minor, until, endpoint);
  }

  /** The same up to a microversion. */
  public Route until(int minor) {
    return new Route(method, path, who, policy, since, minor, endpoint);
  }

  boolean has(int minor) {
    return minor >= since && minor <= until;
  }

  /** The parameters in a path that fits, else null. */
  @Nullable Map<String, String> match(String calledMethod, List<String> called) {
    List<String> wanted = parts(path);
    if (!method.equals(calledMethod) || wanted.size() != called.size()) {
      return null;
    }
    Map<String, String> in = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String part = wanted.get(i);
      if (part.startsWith("{")) {
        in.put(part.substring(1, part.length() - 1), called.get(i));
      } else if (!part.equals(called.get(i))) {
        return null;
      }
    }
    return in;
  }

  /** The parts of a path; a slash at its end says nothing. */
  static List<String> parts(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(whole.split("/", -1));
  }
}
