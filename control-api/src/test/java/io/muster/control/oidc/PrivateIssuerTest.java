package io.muster.control.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.settings.ControlSettings;
import io.muster.control.site.Tenants;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An issuer with a certificate of a private authority, which is away when the API starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrivateIssuerTest {
  private static final String TENANT_CLAIM = "https://example.org/tenant";
  private static final String SCOPE_CLAIM = "muster_scope";

  /** An issuer that is away is asked again soon. */
  private static final Duration BACK_AGAIN = Duration.ofSeconds(30);

  private final Path folder;
  private final PrivateAuthority authority;
  private final TestIssuer issuer;
  private ControlRig.@Nullable Own own;

  PrivateIssuerTest(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.folder = folder;
    authority = PrivateAuthority.in(folder);
    issuer = new TestIssuer(authority.tls());
  }

  @BeforeAll
  void start() {
    issuer.setAway(true);
    own = ControlRig.startedWith(variables());
  }

  @AfterAll
  void stop() {
    rigged().close();
    issuer.close();
  }

  private ControlRig.Own rigged() {
    return Objects.requireNonNull(own);
  }

  private ControlRig rig() {
    return rigged().rig();
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(issuer.variables());
    variables.put("MUSTER_OIDC_CA_FILE", authority.pem().toString());
    variables.put("MUSTER_OIDC_SCOPE_CLAIM", SCOPE_CLAIM);
    return variables;
  }

  @Test
  @Order(1)
  void issuerThatIsAwayAtFirst_isKnownWhenItAnswers() {
    TestTenant tenant = rig().tenant();
    Client person = rig().with(token(tenant, "viewer", List.of("*"), ""));

    Answer refused = person.get("/api/v1/sites");
    assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("issuer-unavailable");
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(tenant.viewer().get("/api/v1/sites").status()).isEqualTo(200);
    issuer.setAway(false);

    Instant end = Instant.now().plus(BACK_AGAIN);
    Answer answer = person.get("/api/v1/sites");
    while (answer.status() == 503) {
      assertThat(Instant.now()).as("still unavailable").isBefore(end);
      answer = person.get("/api/v1/sites");
    }
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void longToken_isTaken_upToItsBound() {
    TestTenant tenant = rig().tenant();
    for (int claims : new int[] {4_000, 6_000, 8_000}) {
      String token = token(tenant, "viewer", List.of("*"), "x".repeat(claims));
      assertThat(token).hasSizeGreaterThan(claims * 4 / 3);
      assertThat(rig().with(token).get("/api/v1/sites").status()).as("%d", claims).isEqualTo(200);
    }
    String tooLong = token(tenant, "viewer", List.of("*"), "x".repeat(9_500));
    assertThat(tooLong).hasSizeGreaterThan(12 << 10);
    assertThat(rig().with(tooLong).get("/api/v1/sites").status()).isEqualTo(401);
  }

  @Test
  @Order(3)
  void scopeClaim_narrowsViewersAndOperators() {
    TestTenant tenant = rig().tenant();
    tenant.site(ControlRig.name("site"));
    String seen = ControlRig.name("seen");
    UUID id = server(tenant, seen, List.of("customer-a"));
    String other = ControlRig.name("other");
    server(tenant, other, List.of("customer-b"));

    assertThat(servers(tenant, "viewer", List.of("*"))).containsExactlyInAnyOrder(seen, other);
    assertThat(servers(tenant, "viewer", "server:" + seen)).containsExactly(seen);
    assertThat(servers(tenant, "operator", List.of("server:" + id))).containsExactly(seen);
    assertThat(servers(tenant, "viewer", List.of("tag:customer-b"))).containsExactly(other);
    assertThat(servers(tenant, "viewer", List.of("vm:" + seen + "/qemu:101")))
        .containsExactly(seen);
    assertThat(servers(tenant, "viewer", List.of("group:name:" + other + "/shop/web", "tag:")))
        .containsExactly(other);
    assertThat(servers(tenant, "viewer", List.of("group:shop"))).isEmpty();
    assertThat(servers(tenant, "viewer", List.of("server:nobody", "all", "vm:nobody/qemu:1")))
        .isEmpty();
    assertThat(servers(tenant, "platform-team", List.of("server:" + seen)))
        .as("an admin")
        .containsExactlyInAnyOrder(seen, other);
    Answer partly =
        rig()
            .with(token(tenant, "viewer", List.of("vm:" + seen + "/qemu:101"), ""))
            .get("/api/v1/servers/" + id);
    assertThat(partly.json().path("whole").asBoolean()).isFalse();
  }

  @Test
  @Order(3)
  void tokenWithoutAScope_isKnownAndRefused() {
    TestTenant tenant = rig().tenant();
    Answer refused = rig().with(token(tenant, "viewer", List.of(), "")).get("/api/v1/servers");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("no-scope");
  }

  @Test
  @Order(3)
  void withoutTheAuthority_theIssuerIsNotBelieved() {
    Map<String, String> without = new HashMap<>(variables());
    without.remove("MUSTER_OIDC_CA_FILE");
    Issuer unknown =
        new Issuer(Objects.requireNonNull(ControlSettings.read(Variables.of(without)).oidc()));

    assertThatThrownBy(() -> unknown.check(issuer.token(claims -> claims)))
        .isInstanceOf(Issuer.AwayException.class);
  }

  @Test
  @Order(3)
  void fileWithoutAnAuthority_isToldAtTheStart() throws IOException {
    for (Path file :
        List.of(folder.resolve("nowhere.pem"), Files.writeString(folder.resolve("no.pem"), "no"))) {
      Map<String, String> wrong = new HashMap<>(variables());
      wrong.put("MUSTER_OIDC_CA_FILE", file.toString());

      assertThatThrownBy(() -> ControlSettings.read(Variables.of(wrong)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("MUSTER_OIDC_CA_FILE")
          .hasMessageContaining(file.toString());
    }
  }

  private String token(TestTenant tenant, String role, Object scope, String more) {
    String name = rig().bean(Tenants.class).get(tenant.id()).name();
    UnaryOperator<JWTClaimsSet.Builder> claims =
        made ->
            made.claim("realm_access", Map.of("roles", List.of(role)))
                .claim(TENANT_CLAIM, name)
                .claim(SCOPE_CLAIM, scope)
                .claim("groups", more);
    return issuer.token(claims);
  }

  private List<String> servers(TestTenant tenant, String role, Object scope) {
    Answer answer = rig().with(token(tenant, role, scope, "")).get("/api/v1/servers");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer
        .json()
        .path("items")
        .valueStream()
        .map(server -> server.path("name").asText())
        .toList();
  }

  private static UUID server(TestTenant tenant, String name, List<String> tags) {
    JsonNode made =
        tenant
            .admin()
            .post(
                "/api/v1/servers",
                Map.of(
                    "name",
                    name,
                    "host",
                    name + ".example.org",
                    "tags",
                    tags,
                    "tokenId",
                    "m@pve!m",
                    "tokenSecret",
                    "11111111-2222-4333-8444-555555555555"))
            .json();
    return UUID.fromString(made.path("id").asText());
  }
}
