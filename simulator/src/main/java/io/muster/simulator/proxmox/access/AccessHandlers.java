package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Handler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The methods under {@code /access}. */
final class AccessHandlers {
  private final AccessControl access;
  private final Tickets tickets;
  private final String clusterName;

  AccessHandlers(AccessControl access, Tickets tickets, String clusterName) {
    this.access = access;
    this.tickets = tickets;
    this.clusterName = clusterName;
  }

  Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.put("GET /access/domains", call -> domains());
    handlers.put("GET /access/ticket", call -> null);
    handlers.put("POST /access/ticket", this::login);
    handlers.put("GET /access/permissions", this::permissions);
    handlers.put("GET /access/users", this::users);
    handlers.put("GET /access/users/{userid}", this::user);
    handlers.put("GET /access/users/{userid}/token", this::tokens);
    handlers.put("GET /access/users/{userid}/token/{tokenid}", this::token);
    handlers.put("GET /access/roles", call -> roles());
    handlers.put("GET /access/roles/{roleid}", this::role);
    handlers.put("GET /access/acl", this::acl);
    handlers.put("GET /access/tfa", call -> List.of());
    return handlers;
  }

  private static Object domains() {
    return List.of(
        Map.of("realm", "pam", "type", "pam", "comment", "Linux PAM standard authentication"),
        Map.of("realm", "pve", "type", "pve", "comment", "Proxmox VE authentication server"));
  }

  private Object login(Call call) throws ApiException {
    String name = call.required("username");
    String realm = call.text("realm");
    String userId = realm == null || name.contains("@") ? name : name + "@" + realm;
    String password = call.required("password");
    User user = access.user(userId);
    boolean good =
        user != null
            && access.isUsable(user)
            && (userId.equals(tickets.userOf(password))
                || (user.password() != null && Authenticator.isEqual(user.password(), password)));
    if (!good) {
      throw ApiException.of(401, "authentication failure");
    }
    Map<String, Object> answer = new HashMap<>();
    answer.put("username", userId);
    answer.put("ticket", tickets.ticket(userId));
    answer.put("CSRFPreventionToken", tickets.csrfToken(userId));
    answer.put("cap", capabilities(userId));
    answer.put("clustername", clusterName);
    return answer;
  }

  /** What the web interface asks for: privileges by kind of object, looked up on its top path. */
  private Map<String, Object> capabilities(String userId) {
    Map<String, String> tops =
        Map.of(
            "vms", "/vms",
            "storage", "/storage",
            "access", "/access",
            "nodes", "/nodes",
            "dc", "/",
            "sdn", "/sdn",
            "mapping", "/mapping");
    Map<String, Object> capabilities = new TreeMap<>();
    tops.forEach((name, path) -> capabilities.put(name, access.privileges(userId, path)));
    return capabilities;
  }

  private Object permissions(Call call) throws ApiException {
    String asked = call.text("userid");
    String path = call.text("path");
    if (asked == null || asked.equals(call.caller().identity())) {
      return call.caller().permissions(path);
    }
    String user = call.caller().user();
    boolean ownToken = call.caller().token() == null && asked.startsWith(user + "!");
    if (!ownToken && !call.caller().may("/access", "Sys.Audit")) {
      throw PermissionCheck.denied("/access, Sys.Audit");
    }
    return path == null
        ? access.allPrivileges(asked)
        : Map.of(path, access.privileges(asked, path));
  }

  private Object users(Call call) {
    boolean all = call.caller().may("/access/groups", "User.Modify", "Sys.Audit");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (User user : access.users().values()) {
      if (all || user.id().equals(call.caller().user())) {
        Map<String, Object> row = describe(user);
        row.put("userid", user.id());
        row.put("realm-type", user.realm());
        if (call.flag("full", false)) {
          row.put("tokens", tokenRows(user));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private Object user(Call call) throws ApiException {
    User user = existing(call.required("userid"));
    Map<String, Object> answer = describe(user);
    Map<String, Object> tokens = new TreeMap<>();
    access.tokensOf(user.id()).forEach(token -> tokens.put(token.name(), describe(token)));
    if (!tokens.isEmpty()) {
      answer.put("tokens", tokens);
    }
    answer.put("groups", List.of());
    return answer;
  }

  private Object tokens(Call call) throws ApiException {
    return tokenRows(existing(call.required("userid")));
  }

  private List<Map<String, Object>> tokenRows(User user) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ApiToken token : access.tokensOf(user.id())) {
      Map<String, Object> row = describe(token);
      row.put("tokenid", token.name());
      rows.add(row);
    }
    return rows;
  }

  private Object token(Call call) throws ApiException {
    User user = existing(call.required("userid"));
    ApiToken token = access.token(user.id() + "!" + call.required("tokenid"));
    if (token == null) {
      throw ApiException.of(
          500, "no such token '" + call.required("tokenid") + "' for user '" + user.id() + "'");
    }
    return describe(token);
  }

  private Object roles() {
    List<Map<String, Object>> rows = new ArrayList<>();
    access
        .roles()
        .forEach((name, privileges) ->
            rows.add(Map.of("roleid", name, "privs", String.join(",", privileges), "special", 1)));
    return rows;
  }

  private Object role(Call call) throws ApiException {
    String name = call.required("roleid");
    var privileges = access.roles().get(name);
    if (privileges == null) {
      throw ApiException.of(500, "role '" + name + "' does not exist");
    }
    Map<String, Integer> answer = new TreeMap<>();
    privileges.forEach(privilege -> answer.put(privilege, 1));
    return answer;
  }

  private Object acl(Call call) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Grant grant : access.grants()) {
      if (call.caller().may(grant.path(), "Permissions.Modify", "Sys.Audit")) {
        rows.add(
            Map.of(
                "path", grant.path(),
                "ugid", grant.subject(),
                "type", grant.subject().contains("!") ? "token" : "user",
                "roleid", grant.role(),
                "propagate", grant.propagates() ? 1 : 0));
      }
    }
    return rows;
  }

  private User existing(String id) throws ApiException {
    User user = access.user(id);
    if (user == null) {
      throw ApiException.of(500, "no such user ('" + id + "')");
    }
    return user;
  }

  private static Map<String, Object> describe(User user) {
    Map<String, Object> row = new HashMap<>();
    row.put("enable", user.enabled() ? 1 : 0);
    row.put("expire", user.expire());
    return row;
  }

  private static Map<String, Object> describe(ApiToken token) {
    Map<String, Object> row = new HashMap<>();
    row.put("privsep", token.separated() ? 1 : 0);
    row.put("expire", token.expire());
    if (!token.comment().isEmpty()) {
      row.put("comment", token.comment());
    }
    return row;
  }
}
