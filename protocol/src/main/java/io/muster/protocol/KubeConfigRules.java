package io.muster.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a kubeconfig that came from elsewhere (API, CSV, link) may hold. Everything that would run a
 * program or read a file of the agent's machine is refused; so is every key that is not known to do
 * neither.
 */
public final class KubeConfigRules {
  private static final Set<String> USER_KEYS =
      Set.of(
          "token",
          "username",
          "password",
          "client-certificate-data",
          "client-key-data",
          "as",
          "as-uid",
          "as-groups",
          "as-user-extra");

  private static final Set<String> CLUSTER_KEYS =
      Set.of(
          "server",
          "certificate-authority-data",
          "insecure-skip-tls-verify",
          "tls-server-name",
          "proxy-url",
          "disable-compression");

  private KubeConfigRules() {}

  /**
   * What is forbidden in a kubeconfig from elsewhere.
   *
   * @param kubeConfig the parsed YAML: maps, lists and scalars
   * @return a path such as {@code users[admin].user.exec} for each key to take out; never a value
   */
  public static List<String> forbidden(Map<?, ?> kubeConfig) {
    List<String> found = new ArrayList<>();
    collect(kubeConfig, "users", "user", USER_KEYS, found);
    collect(kubeConfig, "clusters", "cluster", CLUSTER_KEYS, found);
    return found;
  }

  private static void collect(
      Map<?, ?> config, String list, String member, Set<String> allowed, List<String> found) {
    Object entries = config.get(list);
    if (entries == null) {
      return;
    }
    if (!(entries instanceof List<?> all)) {
      found.add(list);
      return;
    }
    for (Object entry : all) {
      if (!(entry instanceof Map<?, ?> map)) {
        found.add(list);
        continue;
      }
      String path = list + "[" + name(map.get("name")) + "]." + member;
      Object body = map.get(member);
      if (body instanceof Map<?, ?> keys) {
        keys.keySet().stream()
            .filter(key -> !(key instanceof String text && allowed.contains(text)))
            .map(key -> path + "." + key)
            .sorted()
            .forEach(found::add);
      } else if (body != null) {
        found.add(path);
      }
    }
  }

  private static String name(@Nullable Object name) {
    return name instanceof String text ? text : "?";
  }
}
