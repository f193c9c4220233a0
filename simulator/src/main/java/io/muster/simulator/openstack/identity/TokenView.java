package io.muster.simulator.openstack.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.access.Role;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.model.Ids;
import io.muster.simulator.openstack.model.Project;

/** A token as its holder is shown it. */
final class TokenView {
  private final Ids ids;
  private final Catalog catalog;

  TokenView(Ids ids, Catalog catalog) {
    this.ids = ids;
    this.catalog = catalog;
  }

  ObjectNode of(Token token, String base, boolean withCatalog) {
    ObjectNode shown = Nodes.object();
    shown.set("methods", Nodes.array().add(token.method()));
    shown.set("user", user(token.user()));
    shown.set("audit_ids", Nodes.array().add(token.auditId()));
    shown.put("expires_at", Nodes.microsUtc(token.expires()));
    shown.put("issued_at", Nodes.microsUtc(token.issued()));
    switch (token.scope()) {
      case Token.Scope.None _ -> {}
      case Token.Scope.OfProject(Project project, Role _) -> {
        shown.set("project", project(project));
        shown.put("is_domain", false);
      }
      case Token.Scope.OfSystem _ -> shown.set("system", Nodes.object().put("all", true));
    }
    Role role = token.role();
    if (role != null) {
      shown.set("roles", roles(role));
      if (withCatalog) {
        shown.set("catalog", catalog.of(token, base));
      }
    }
    ApplicationCredential credential = token.credential();
    if (credential != null) {
      shown.set(
          "application_credential",
          Nodes.object()
              .put("id", credential.id())
              .put("name", credential.name())
              .put("restricted", true));
    }
    return Nodes.object().set("token", shown);
  }

  private static ObjectNode user(Account account) {
    ObjectNode user = Nodes.object();
    user.set("domain", domain());
    return user.put("id", account.id()).put("name", account.name()).putNull("password_expires_at");
  }

  private static ObjectNode project(Project project) {
    ObjectNode shown = Nodes.object();
    shown.set("domain", domain());
    return shown.put("id", project.id()).put("name", project.name());
  }

  private static ObjectNode domain() {
    return Nodes.object().put("id", "default").put("name", "Default");
  }

  private ArrayNode roles(Role role) {
    ArrayNode roles = Nodes.array();
    for (Role each : role.all()) {
      roles.addObject().put("id", ids.hex("role-" + each.word(), 0)).put("name", each.word());
    }
    return roles;
  }
}
