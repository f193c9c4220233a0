package io.muster.protocol.inventory;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what entries of all platforms have. */
final class CommonKeys {
  private static final String BEGIN = "-----BEGIN ";

  private CommonKeys() {}

  /** Null = something is wrong with it, and told. */
  static @Nullable ServerEntry entry(Entry entry, String site) {
    String name =
        entry.required("name", "a name: letters, digits, blank . _ - and at most 63 of them");
    if (name != null && !ServerEntry.NAME.matcher(name).matches()) {
      entry.problem("name", "letters, digits, blank . _ - (first a letter or digit), at most 63");
      name = null;
    }
    checkSite(entry, site);
    ServerId id = id(entry, site, name);
    String route = entry.text("route");
    if (route != null && !ServerEntry.NAME.matcher(route).matches()) {
      entry.problem("route", "a label such as direct, tailscale or vpn");
    }
    String proxyText = entry.text("proxy");
    URI proxy =
        proxyText == null
            ? null
            : entry.make("proxy", proxyText, "http://[user:password@]host:port", Addresses::proxy);
    Integer seconds = entry.integer("intervalSeconds");
    List<String> tags = tags(entry);
    Boolean enabled = entry.flag("enabled");
    if (!entry.isSound() || name == null || id == null) {
      return null;
    }
    return new ServerEntry(
        id,
        name,
        !Boolean.FALSE.equals(enabled),
        seconds == null ? null : Duration.ofSeconds(seconds),
        route == null ? "direct" : route,
        tags,
        proxy);
  }

  private static void checkSite(Entry entry, String site) {
    String own = entry.text("site");
    if (own != null && !own.equals(site)) {
      entry.problem(
          "site",
          "'%s', the site of this agent (MUSTER_SITE): servers of another belong to its agent"
              .formatted(site));
    }
  }

  private static @Nullable ServerId id(Entry entry, String site, @Nullable String name) {
    if (!entry.has("id")) {
      return name == null ? null : ServerId.of(site, name);
    }
    String text = entry.text("id");
    return text == null
        ? null
        : entry.make("id", text, "a UUID, 8-4-4-4-12 hexadecimal digits", CommonKeys::uuid);
  }

  private static @Nullable ServerId uuid(String text) {
    UUID uuid = UUID.fromString(text.strip());
    // fromString takes shortened groups too, which would be written differently into the rows.
    return uuid.toString().equalsIgnoreCase(text.strip()) ? new ServerId(uuid) : null;
  }

  private static List<String> tags(Entry entry) {
    List<String> tags = new ArrayList<>();
    for (Map.Entry<String, String> tag : entry.list("tags").entrySet()) {
      if (ServerEntry.TAG.matcher(tag.getValue()).matches()) {
        tags.add(tag.getValue());
      } else {
        entry.problem(tag.getKey(), "a tag without semicolon, at most 63 characters");
      }
    }
    return tags;
  }

  /** Null = something is wrong with it, and told. */
  static @Nullable TlsTrust tls(Entry entry) {
    return tls(entry, List.of());
  }

  /** Null = something is wrong with it, and told. */
  static @Nullable TlsTrust tls(Entry entry, List<Fingerprint> fingerprints) {
    Boolean verify = entry.flag("verifyTls");
    Boolean insecure = entry.flag("allowInsecure");
    if (verify != null && verify.equals(insecure)) {
      entry.problem("allowInsecure", "not the contrary of verifyTls; one of them is enough");
    }
    String caCertificate = caCertificate(entry);
    if (!entry.isSound()) {
      return null;
    }
    boolean verified = verify == null ? !Boolean.TRUE.equals(insecure) : verify;
    return new TlsTrust(verified, fingerprints, caCertificate);
  }

  /** The sound ones of the pins. */
  static List<Fingerprint> fingerprints(Entry entry) {
    List<Fingerprint> fingerprints = new ArrayList<>();
    for (Map.Entry<String, String> text : entry.list("fingerprints").entrySet()) {
      Fingerprint fingerprint =
          entry.make(
              text.getKey(),
              text.getValue(),
              "a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons",
              Fingerprint::new);
      if (fingerprint != null) {
        fingerprints.add(fingerprint);
      }
    }
    return fingerprints;
  }

  private static @Nullable String caCertificate(Entry entry) {
    String text = entry.text("caCert");
    if (text != null && !text.contains(BEGIN)) {
      text = entry.file("caCert", text);
    }
    return text == null
        ? null
        : entry.make("caCert", text, "one or more certificates in PEM form", CommonKeys::pem);
  }

  private static @Nullable String pem(String text) {
    try {
      boolean any =
          !CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
              .isEmpty();
      return any && text.contains(BEGIN + "CERTIFICATE-----") ? text : null;
    } catch (CertificateException e) {
      return null;
    }
  }
}
