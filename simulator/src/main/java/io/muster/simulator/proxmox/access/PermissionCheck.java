package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.schema.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a caller against what a method needs, before any parameter is looked at. */
public final class PermissionCheck {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private PermissionCheck() {}

  /** Refuses with 403 and Proxmox's text when the rule does not hold. */
  public static void require(Needs needs, Caller caller, Map<String, List<String>> parameters)
      throws ApiException {
    String missing = missing(needs, caller, parameters);
    if (missing != null) {
      throw denied(missing);
    }
  }

  /** {@code 403 Permission check failed (WHAT)}; without the brackets when the text is empty. */
  public static ApiException denied(String what) {
    return ApiException.of(
        403, what.isEmpty() ? "Permission check failed" : "Permission check failed (" + what + ")");
  }

  /** What stands in brackets behind the refusal, or null when the rule holds. */
  private static @Nullable String missing(
      Needs needs, Caller caller, Map<String, List<String>> parameters) {
    return switch (needs) {
      case Needs.Nothing() -> null;
      case Needs.Login() -> null;
      case Needs.Privileges rule -> missingPrivileges(rule, caller, parameters);
      case Needs.Either(List<Needs> rules) ->
          rules.stream().anyMatch(rule -> missing(rule, caller, parameters) == null) ? null : "";
      case Needs.Each(List<Needs> rules) -> missingOfEach(rules, caller, parameters);
      case Needs.Userid(String rule) -> missingOnUser(rule, caller, parameters);
      case Needs.GroupOfUser(List<String> names) ->
          caller.may("/access/groups", names.toArray(String[]::new))
              ? null
              : "/access/groups, " + String.join("|", names);
    };
  }

  private static @Nullable String missingPrivileges(
      Needs.Privileges rule, Caller caller, Map<String, List<String>> parameters) {
    if (rule.given() != null && !parameters.containsKey(rule.given())) {
      return "";
    }
    String path = fill(rule.path(), parameters);
    Set<String> held = caller.permissions(path).getOrDefault(path, Map.of()).keySet();
    boolean holds =
        rule.any()
            ? rule.names().stream().anyMatch(held::contains)
            : held.containsAll(rule.names());
    return holds ? null : path + ", " + String.join(rule.any() ? "|" : ", ", rule.names());
  }

  private static @Nullable String missingOfEach(
      List<Needs> rules, Caller caller, Map<String, List<String>> parameters) {
    for (Needs rule : rules) {
      String missing = missing(rule, caller, parameters);
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private static @Nullable String missingOnUser(
      String rule, Caller caller, Map<String, List<String>> parameters) {
    String userid = String.join("", parameters.getOrDefault("userid", List.of()));
    if (rule.equals("self")) {
      // A token is not its user here: it is told apart by its full id.
      return userid.equals(caller.identity()) ? null : "";
    }
    String path = "/access/realm/" + userid.substring(userid.lastIndexOf('@') + 1);
    return caller.may(path, rule) ? null : path + ", " + rule;
  }

  private static String fill(String template, Map<String, List<String>> parameters) {
    Matcher matcher = PARAMETER.matcher(template);
    return matcher.replaceAll(found ->
        Matcher.quoteReplacement(
            String.join("", parameters.getOrDefault(found.group(1), List.of()))));
  }
}
