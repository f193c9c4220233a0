package io.muster.control.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.site.Tenants;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class OpenIdTest {
  private static final String TENANT_CLAIM = "https://example.org/tenant";

  private final TestIssuer issuer = TestIssuer.shared();
  private final ControlRig rig;
  private final TestTenant tenant;
  private final String tenantName;

  OpenIdTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    tenantName = rig.bean(Tenants.class).get(tenant.id()).name();
  }

  /** Claims of somebody with these roles in the tenant. */
  private UnaryOperator<JWTClaimsSet.Builder> somebody(String... roles) {
    return claims ->
        claims
            .claim("realm_access", Map.of("roles", List.of(roles)))
            .claim(TENANT_CLAIM, tenantName);
  }

  private Client with(UnaryOperator<JWTClaimsSet.Builder> claims) {
    return rig.with(issuer.token(claims));
  }

  @Test
  void token_letsInWithTheRoleOfItsClaims() {
    Client viewer = with(somebody("offline_access", "viewer"));
    Client operator = with(somebody("viewer", "operator"));
    Client admin = with(somebody("viewer", "platform-team"));

    assertThat(viewer.get("/api/v1/servers").status()).isEqualTo(200);
    assertThat(viewer.post("/api/v1/servers/health-check", "{}").status()).isEqualTo(403);
    assertThat(operator.post("/api/v1/servers/health-check", "{}").status()).isEqualTo(200);
    assertThat(operator.get("/api/v1/users").status()).isEqualTo(403);
    assertThat(admin.get("/api/v1/users").status()).isEqualTo(200);
    assertThat(admin.put("/api/v1/me/password", "{}").status()).isEqualTo(403);
  }

  @Test
  void token_seesItsTenantAlone_andIsToldInTheAudit() {
    tenant.site(ControlRig.name("site"));
    rig.tenant().site(ControlRig.name("others"));
    Client admin = with(somebody("muster-admin"));

    assertThat(admin.get("/api/v1/sites").json().path("total").asInt()).isEqualTo(1);
    assertThat(admin.post("/api/v1/tokens", Map.of("name", "x", "role", "viewer")).status())
        .isEqualTo(201);
    Answer audit = tenant.admin().get("/api/v1/audit");
    assertThat(audit.json().at("/items/0/who").asText()).isEqualTo("oidc:ada");
    assertThat(rig.tenant().admin().get("/api/v1/audit").body()).doesNotContain("oidc:ada");
  }

  @Test
  void tokenThatIsNotGood_isUnknown() throws JOSEException {
    Instant now = Instant.now();
    UnaryOperator<JWTClaimsSet.Builder> good = somebody("viewer");
    JWTClaimsSet claims = issuer.claims(good);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "another issuer", issuer.token(made -> good.apply(made).issuer("https://example.org")));
    tokens.put("for others", issuer.token(made -> good.apply(made).audience("grafana")));
    tokens.put("another client", issuer.token(made -> good.apply(made).claim("azp", "grafana")));
    tokens.put(
        "expired",
        issuer.token(made -> good.apply(made).expirationTime(Date.from(now.minusSeconds(120)))));
    tokens.put("without an end", issuer.token(made -> good.apply(made).expirationTime(null)));
    tokens.put(
        "not yet",
        issuer.token(made -> good.apply(made).notBeforeTime(Date.from(now.plusSeconds(120)))));
    tokens.put("without a subject", issuer.token(made -> good.apply(made).subject(null)));
    tokens.put(
        "another's key of the same name",
        TestIssuer.signed(claims, TestIssuer.key(issuer.key().getKeyID())));
    tokens.put("unsigned", new PlainJWT(claims).serialize());
    SignedJWT symmetric =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
            claims);
    symmetric.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
    tokens.put("signed with the public key", symmetric.serialize());
    String sound = issuer.token(good);
    tokens.put("cut", sound.substring(0, sound.length() - 2));

    assertThat(rig.with(sound).get("/api/v1/sites").status()).isEqualTo(200);
    tokens.forEach((what, token) -> {
      Answer answer = rig.with(token).get("/api/v1/sites");
      assertThat(answer.status()).as(what).isEqualTo(401);
      assertThat(answer.code()).as(what).isEqualTo("unauthenticated");
    });
  }

  @Test
  void tokenWithoutRoleOrTenant_isKnownAndRefused() {
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> refused = new LinkedHashMap<>();
    refused.put("no-role 1", somebody("admin", "Viewer"));
    refused.put("no-role 2", made -> made.claim(TENANT_CLAIM, tenantName));
    refused.put(
        "no-role 3", made -> somebody("viewer").apply(made).claim("realm_access", "viewer"));
    refused.put(
        "unknown-tenant 1", made -> somebody("viewer").apply(made).claim(TENANT_CLAIM, "nobody"));
    refused.put(
        "unknown-tenant 2", made -> somebody("viewer").apply(made).claim(TENANT_CLAIM, null));
    refused.put(
        "unknown-tenant 3",
        made -> somebody("viewer").apply(made).claim(TENANT_CLAIM, List.of(tenantName, "default")));

    refused.forEach((what, claims) -> {
      Answer answer = with(claims).get("/api/v1/sites");
      assertThat(answer.status()).as(what + ": " + answer).isEqualTo(403);
      assertThat(what).startsWith(answer.code() + " ");
    });
  }
}
