package io.muster.agent.settings;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.Secret;
import io.muster.protocol.TlsTrust;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.link.LinkProtocol;
import io.muster.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The control API that this agent belongs to.
 *
 * @param url {@code https}, or {@code http} where that was allowed; with a path behind a proxy
 * @param token of the site's agent
 * @param trust what its certificate must satisfy
 */
public record LinkSettings(URI url, Secret token, TlsTrust trust) {
  private static final String URL = "MUSTER_URL";
  private static final String TOKEN = "MUSTER_AGENT_TOKEN";
  private static final String CA = "MUSTER_CA";
  private static final String UNENCRYPTED = "MUSTER_ALLOW_UNENCRYPTED_LINK";

  /** Scheme, host and port: where rows go too. */
  public URI origin() {
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  /** Null = {@code MUSTER_URL} is not set, or something is wrong, which is told. */
  static @Nullable LinkSettings read(SettingsReader reader) {
    URI url = url(reader);
    Secret token = reader.secret(TOKEN);
    TlsTrust trust = trust(reader);
    if (reader.text(URL) == null) {
      if (token != null) {
        reader.problem(URL, "nothing", "the control API that " + TOKEN + " is for");
      }
      return null;
    }
    if (token == null) {
      if (!reader.isTold(TOKEN) && !reader.isTold(TOKEN + "_FILE")) {
        reader.problem(TOKEN, "nothing", "the token of this site's agent, for " + URL);
      }
    } else if (!token.reveal().matches(LinkProtocol.TOKEN_PREFIX + "[A-Za-z0-9_-]{1,200}")) {
      reader.problem(
          TOKEN,
          "something else (not shown)",
          "a token of a site's agent, which starts with " + LinkProtocol.TOKEN_PREFIX);
      token = null;
    }
    return url == null || token == null || trust == null
        ? null
        : new LinkSettings(url, token, trust);
  }

  private static @Nullable URI url(SettingsReader reader) {
    boolean unencrypted = reader.flag(UNENCRYPTED, false);
    URI url = reader.address(URL, new TreeSet<>(Set.of("http", "https")));
    if (url == null) {
      return null;
    }
    String shown = Printable.address(url.toString());
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      reader.problem(URL, shown, "no user, query or fragment: the token is in " + TOKEN);
      return null;
    }
    if (url.getScheme().equals("http") && !unencrypted && !isLoopback(url.getHost())) {
      reader.problem(
          URL,
          shown,
          "https: over http the token and every credential of the site would travel in clear"
              + " ("
              + UNENCRYPTED
              + "=true allows it)");
      return null;
    }
    return URI.create(url.toString().replaceFirst("/+$", ""));
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name, which may be another machine tomorrow
    }
  }

  /** A certificate in PEM form, a file with one, or a pin. Null = it is none of these, and told. */
  private static @Nullable TlsTrust trust(SettingsReader reader) {
    String text = reader.text(CA);
    if (text == null) {
      return TlsTrust.system();
    }
    try {
      return new TlsTrust(true, List.of(new Fingerprint(text)), null);
    } catch (IllegalArgumentException e) {
      // No pin, so a certificate.
    }
    try {
      String pem = text.contains("-----BEGIN ") ? text : Files.readString(Path.of(text));
      return new TlsTrust(true, List.of(), pem);
    } catch (IOException | RuntimeException e) {
      // InvalidPathException, and no certificate in it, are the user's mistakes too.
      reader.problem(
          CA,
          Printable.text(text),
          "a file with a certificate in PEM form, or a SHA-256 fingerprint");
      return null;
    }
  }
}
