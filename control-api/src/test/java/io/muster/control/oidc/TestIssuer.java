package io.muster.control.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect issuer as far as its tokens are concerned: discovery, keys, signatures. */
public final class TestIssuer implements AutoCloseable {
  static final String AUDIENCE = "muster";
  static final String CLIENT = "muster-cli";

  private static @Nullable TestIssuer shared;

  private final HttpServer server;
  private final String scheme;
  private final List<RSAKey> keys = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  TestIssuer() {
    this(null);
  }

  /**
   * @param tls null = without
   */
  TestIssuer(@Nullable SSLContext tls) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(anyPort, 0);
      } else {
        HttpsServer secure = HttpsServer.create(anyPort, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    keys.add(key("first"));
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url(), url())));
    server.createContext(
        "/keys", exchange -> answer(exchange, new JWKSet(List.<JWK>copyOf(keys)).toString(true)));
    server.start();
  }

  /** The one that the control APIs of the tests know; ends with their process. */
  public static synchronized TestIssuer shared() {
    TestIssuer known = shared;
    if (known == null) {
      known = new TestIssuer();
      shared = known;
      Runtime.getRuntime().addShutdownHook(new Thread(known::close, "issuer"));
    }
    return known;
  }

  /** What makes a control API take its tokens. */
  public Map<String, String> variables() {
    return Map.of(
        "MUSTER_OIDC_ISSUER",
        url(),
        "MUSTER_OIDC_AUDIENCE",
        AUDIENCE,
        "MUSTER_OIDC_CLIENT_ID",
        CLIENT,
        "MUSTER_OIDC_ROLE_CLAIM",
        "realm_access.roles",
        "MUSTER_OIDC_ADMIN",
        "platform-team, muster-admin",
        "MUSTER_OIDC_TENANT_CLAIM",
        "https://example.org/tenant");
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether it answers 503 from now on. */
  void setAway(boolean nowAway) {
    away = nowAway;
  }

  /** From now on it signs with a new key. */
  void rotate() {
    keys.addFirst(key("key-" + keys.size()));
  }

  RSAKey key() {
    return keys.getFirst();
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a token that is good, but for what is changed. */
  JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("0815")
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("azp", CLIENT)
                .claim("preferred_username", "ada"))
        .build();
  }

  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(claims(change), key());
  }

  static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(away ? 503 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
