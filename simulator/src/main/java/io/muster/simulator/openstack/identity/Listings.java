package io.muster.simulator.openstack.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** The projects, users and domains that Keystone knows. */
final class Listings {
  private static final String DOMAIN = "default";

  private final Cloud cloud;
  private final Accounts accounts;

  Listings(Cloud cloud, Accounts accounts) {
    this.cloud = cloud;
    this.accounts = accounts;
  }

  Reply ownProjects(Call call) {
    return projects(call, projectsOf(call.token().user()));
  }

  Reply projectsOfUser(Call call) {
    Account account = account(call);
    return projects(call, projectsOf(account));
  }

  private List<Project> projectsOf(Account account) {
    return cloud.projects().stream()
        .filter(project -> account.projects().containsKey(project.id()))
        .toList();
  }

  Reply projects(Call call) {
    return projects(
        call,
        cloud.projects().stream()
            .filter(project -> Keystone.fits(call.query("name"), project.name()))
            .toList());
  }

  private static Reply projects(Call call, List<Project> projects) {
    ArrayNode rows = Nodes.array();
    projects.forEach(project -> rows.add(view(call, project)));
    return Keystone.list(call, "projects", rows);
  }

  Reply project(Call call) {
    String id = call.in("project");
    if (!call.isAdmin() && !call.token().project().equals(id)) {
      throw Keystone.forbidden("identity:get_project");
    }
    Project project = cloud.project(id);
    if (project == null) {
      throw new Refusal(404, "Could not find project: " + id + ".");
    }
    return Reply.ok(Nodes.object().set("project", view(call, project)));
  }

  private static ObjectNode view(Call call, Project project) {
    ObjectNode row =
        Nodes.object()
            .put("id", project.id())
            .put("name", project.name())
            .put("domain_id", DOMAIN)
            .put("description", project.description())
            .put("enabled", true)
            .put("parent_id", DOMAIN)
            .put("is_domain", false);
    row.set("tags", Nodes.array());
    row.set("options", Nodes.object());
    return row.set("links", Catalog.self(call.base() + "/identity/v3/projects/" + project.id()));
  }

  Reply users(Call call) {
    ArrayNode rows = Nodes.array();
    for (Account account : accounts.all()) {
      if (Keystone.fits(call.query("name"), account.name())) {
        rows.add(view(call, account));
      }
    }
    return Keystone.list(call, "users", rows);
  }

  Reply user(Call call) {
    return Reply.ok(Nodes.object().set("user", view(call, account(call))));
  }

  private Account account(Call call) {
    String id = call.in("user");
    Account account = accounts.withId(id);
    if (!call.isAdmin() && !call.token().user().id().equals(id)) {
      throw Keystone.forbidden("identity:get_user");
    }
    if (account == null) {
      throw new Refusal(404, "Could not find user: " + id + ".");
    }
    return account;
  }

  private static ObjectNode view(Call call, Account account) {
    ObjectNode row =
        Nodes.object()
            .put("id", account.id())
            .put("name", account.name())
            .put("domain_id", DOMAIN)
            .put("enabled", true)
            .putNull("password_expires_at");
    row.set("options", Nodes.object());
    return row.set("links", Catalog.self(call.base() + "/identity/v3/users/" + account.id()));
  }

  Reply domains(Call call) {
    ArrayNode rows = Nodes.array();
    if (Keystone.fits(call.query("name"), "Default")) {
      rows.add(domainView(call));
    }
    return Keystone.list(call, "domains", rows);
  }

  Reply domain(Call call) {
    if (!call.in("domain").equals(DOMAIN)) {
      throw new Refusal(404, "Could not find domain: " + call.in("domain") + ".");
    }
    return Reply.ok(Nodes.object().set("domain", domainView(call)));
  }

  private static ObjectNode domainView(Call call) {
    ObjectNode row =
        Nodes.object()
            .put("id", DOMAIN)
            .put("name", "Default")
            .put("description", "The default domain")
            .put("enabled", true);
    row.set("tags", Nodes.array());
    row.set("options", Nodes.object());
    return row.set("links", Catalog.self(call.base() + "/identity/v3/domains/" + DOMAIN));
  }
}
