package io.muster.control.security;

import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.caller.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant with one of everything. */
final class Fixture {
  /** Of the servers at its site. */
  static final String TAG = "customer";

  static final String HOST = "seen.example.org";

  private final TestTenant tenant;
  private final UUID site;

  Fixture(ControlRig rig) {
    tenant = rig.tenant();
    site = tenant.site(ControlRig.name("site"));
  }

  TestTenant tenant() {
    return tenant;
  }

  UUID site() {
    return site;
  }

  String server() {
    return server(ControlRig.name("pve"), siteName(), HOST, List.of(TAG));
  }

  /** As it is now: routes of the table rename it. */
  private String siteName() {
    return tenant.admin().get("/api/v1/sites/" + site).json().path("name").asText();
  }

  /** One without the tag at a site of its own. */
  String serverElsewhere() {
    String hidden = ControlRig.name("hidden-site");
    tenant.site(hidden);
    return server(ControlRig.name("hidden"), hidden, "hidden.example.org", List.of("other"));
  }

  private String server(String name, String at, String host, List<String> tags) {
    return made(
        "/api/v1/servers",
        Map.of(
            "name",
            name,
            "site",
            at,
            "host",
            host,
            "tags",
            tags,
            "tokenId",
            "muster@pve!monitor",
            "tokenSecret",
            "11111111-2222-4333-8444-555555555555"));
  }

  String user() {
    return tenant.user(ControlRig.name("user"), Role.VIEWER).toString();
  }

  String token() {
    return made("/api/v1/tokens", Map.of("name", ControlRig.name("token"), "role", "viewer"));
  }

  String agentToken() {
    return made(
        "/api/v1/sites/" + site + "/agent-tokens", Map.of("name", ControlRig.name("token")));
  }

  private String made(String path, Object body) {
    var answer = tenant.admin().post(path, body);
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.json().path("id").asText();
  }
}
