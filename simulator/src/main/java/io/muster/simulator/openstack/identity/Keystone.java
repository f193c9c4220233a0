package io.muster.simulator.openstack.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.access.Tokens;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The identity service, version 3. */
public final class Keystone {
  private static final String V3 = "/identity/v3";

  private final Tokens tokens;
  private final Conditions conditions;
  private final Login login;
  private final Catalog catalog;
  private final TokenView view;
  private final Listings listings;

  public Keystone(
      Cloud cloud, Accounts accounts, Tokens tokens, Conditions conditions, String region) {
    this.tokens = tokens;
    this.conditions = conditions;
    this.login = new Login(accounts, tokens, cloud);
    this.catalog = new Catalog(cloud.ids(), region, conditions);
    this.view = new TokenView(cloud.ids(), catalog);
    this.listings = new Listings(cloud, accounts);
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", Keystone::versions),
        Route.open("GET", "/v3", Keystone::version),
        Route.open("POST", "/v3/auth/tokens", this::issue),
        Route.user("GET", "/v3/auth/tokens", this::validate),
        Route.user("HEAD", "/v3/auth/tokens", this::validate),
        Route.user("DELETE", "/v3/auth/tokens", this::revoke),
        Route.user("GET", "/v3/auth/catalog", this::catalog),
        Route.user("GET", "/v3/auth/projects", listings::ownProjects),
        Route.admin("GET", "/v3/projects", "identity:list_projects", listings::projects),
        Route.user("GET", "/v3/projects/{project}", listings::project),
        Route.admin("GET", "/v3/users", "identity:list_users", listings::users),
        Route.user("GET", "/v3/users/{user}", listings::user),
        Route.user("GET", "/v3/users/{user}/projects", listings::projectsOfUser),
        Route.admin("GET", "/v3/domains", "identity:list_domains", listings::domains),
        Route.admin("GET", "/v3/domains/{domain}", "identity:get_domain", listings::domain),
        Route.admin("GET", "/v3/services", "identity:list_services", this::services),
        Route.admin("GET", "/v3/endpoints", "identity:list_endpoints", this::endpoints),
        Route.user("GET", "/v3/regions", this::regions));
  }

  private static Reply versions(Call call) {
    ObjectNode values = Nodes.object();
    values.set("values", Nodes.array().add(versionOf(call)));
    return Reply.of(300, Nodes.object().set("versions", values))
        .with("Location", call.base() + V3 + "/");
  }

  private static Reply version(Call call) {
    return Reply.ok(Nodes.object().set("version", versionOf(call)));
  }

  private static ObjectNode versionOf(Call call) {
    ObjectNode version =
        Nodes.object()
            .put("id", "v3.14")
            .put("status", "stable")
            .put("updated", "2020-04-07T00:00:00Z");
    version.set("links", Nodes.array().add(Nodes.link("self", call.base() + V3 + "/")));
    ObjectNode type =
        Nodes.object()
            .put("base", "application/json")
            .put("type", "application/vnd.openstack.identity-v3+json");
    return version.set("media-types", Nodes.array().add(type));
  }

  private Reply issue(Call call) {
    if (conditions.isLoginRefused()) {
      throw Login.refused();
    }
    Token token = login.token(call.body());
    return Reply.of(201, shown(call, token)).with("X-Subject-Token", token.id());
  }

  private ObjectNode shown(Call call, Token token) {
    return view.of(token, call.base(), call.query("nocatalog") == null);
  }

  private Token subject(Call call) {
    String id = call.request().header("x-subject-token");
    Token token = tokens.valid(id);
    if (token == null) {
      throw new Refusal(404, "Could not find token: " + id + ".");
    }
    if (!call.isAdmin() && !token.user().equals(call.token().user())) {
      throw forbidden("identity:validate_token");
    }
    return token;
  }

  static Refusal forbidden(String policy) {
    return new Refusal(
        403, "You are not authorized to perform the requested action: " + policy + ".");
  }

  private Reply validate(Call call) {
    Token token = subject(call);
    return Reply.ok(shown(call, token)).with("X-Subject-Token", token.id());
  }

  private Reply revoke(Call call) {
    tokens.revoke(subject(call).id());
    return Reply.empty(204);
  }

  private Reply catalog(Call call) {
    ObjectNode body = Nodes.object();
    body.set("catalog", catalog.of(call.token(), call.base()));
    return Reply.ok(body.set("links", Catalog.self(call.base() + V3 + "/auth/catalog")));
  }

  private Reply services(Call call) {
    return list(call, "services", catalog.services(call.base()));
  }

  private Reply endpoints(Call call) {
    return list(call, "endpoints", catalog.endpoints(call.base()));
  }

  private Reply regions(Call call) {
    ObjectNode region = Nodes.object().put("id", catalog.region()).put("description", "");
    region.putNull("parent_region_id");
    region.set("links", Catalog.self(call.base() + V3 + "/regions/" + catalog.region()));
    return list(call, "regions", Nodes.array().add(region));
  }

  /** A list with the links that every list of Keystone has. */
  static Reply list(Call call, String name, ArrayNode rows) {
    ObjectNode body = Nodes.object();
    body.set(name, rows);
    ObjectNode links = Nodes.object().putNull("next");
    links.put("self", call.base() + call.request().uri()).putNull("previous");
    return Reply.ok(body.set("links", links));
  }

  /** Whether a filter lets something through. */
  static boolean fits(@Nullable String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }
}
