package io.muster.control.settings;

import io.muster.protocol.configuration.Printable;
import io.muster.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect issuer, and what in its tokens stands for our roles and tenants.
 *
 * @param issuer as its tokens write it
 * @param audience what a token has to be meant for
 * @param clientId the client that tokens are given to; null = any of the issuer's
 * @param roleClaim name of a claim, or of one in another: {@code realm_access.roles}
 * @param admin values of that claim that make an admin; the like for the other roles
 * @param tenantClaim as {@code roleClaim}; null = all are of the first tenant
 * @param scopeClaim as {@code roleClaim}; null = all see the whole tenant
 * @param authorities that have signed the issuer's certificate; empty = those that Java knows
 */
public record OidcSettings(
    URI issuer,
    String audience,
    @Nullable String clientId,
    String roleClaim,
    Set<String> admin,
    Set<String> operator,
    Set<String> viewer,
    @Nullable String tenantClaim,
    @Nullable String scopeClaim,
    List<X509Certificate> authorities) {
  private static final String ISSUER = "MUSTER_OIDC_ISSUER";
  private static final String CLIENT_ID = "MUSTER_OIDC_CLIENT_ID";
  private static final String AUDIENCE = "MUSTER_OIDC_AUDIENCE";
  private static final String CA_FILE = "MUSTER_OIDC_CA_FILE";

  /** Keys are read from there: without TLS, only from this machine. */
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  public OidcSettings {
    admin = Set.copyOf(admin);
    operator = Set.copyOf(operator);
    viewer = Set.copyOf(viewer);
    authorities = List.copyOf(authorities);
  }

  /** Whether what comes from there can be trusted to. */
  public static boolean isSafe(URI address) {
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && address.getRawFragment() == null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost())));
  }

  /** Null = no issuer is told. */
  static @Nullable OidcSettings read(SettingsReader reader) {
    URI issuer = reader.address(ISSUER, new TreeSet<>(Set.of("http", "https")));
    String clientId = reader.text(CLIENT_ID);
    String audience = reader.text(AUDIENCE);
    String roleClaim = reader.text("MUSTER_OIDC_ROLE_CLAIM");
    OidcSettings settings =
        new OidcSettings(
            issuer == null ? URI.create("") : issuer,
            audience != null ? audience : clientId != null ? clientId : "",
            clientId,
            roleClaim == null ? "roles" : roleClaim,
            values(reader, "MUSTER_OIDC_ADMIN", "admin"),
            values(reader, "MUSTER_OIDC_OPERATOR", "operator"),
            values(reader, "MUSTER_OIDC_VIEWER", "viewer"),
            reader.text("MUSTER_OIDC_TENANT_CLAIM"),
            reader.text("MUSTER_OIDC_SCOPE_CLAIM"),
            authorities(reader));
    if (issuer == null) {
      return null;
    }
    if (!isSafe(issuer)) {
      reader.problem(
          ISSUER, Printable.address(issuer.toString()), "https://…, or http on this machine");
    }
    if (settings.audience().isEmpty()) {
      reader.problem(
          AUDIENCE,
          "nothing",
          "what the issuer's tokens for Muster have as audience, or " + CLIENT_ID);
    }
    return settings;
  }

  private static List<X509Certificate> authorities(SettingsReader reader) {
    Path file = reader.path(CA_FILE);
    if (file == null) {
      return List.of();
    }
    String expected = "a PEM file with the certificates of authorities";
    try (InputStream pem = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        reader.problem(CA_FILE, Printable.text(file.toString()) + ", which has none", expected);
      }
      return found;
    } catch (IOException | CertificateException e) {
      String why = e.getClass().getSimpleName();
      reader.problem(CA_FILE, Printable.text(file.toString()) + " (" + why + ")", expected);
      return List.of();
    }
  }

  private static Set<String> values(SettingsReader reader, String key, String fallback) {
    String text = reader.text(key);
    return Arrays.stream((text == null ? fallback : text).split(",", -1))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
