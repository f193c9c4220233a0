package io.muster.cli.api;

import io.muster.protocol.Fingerprint;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe that it is the control API: the system's authorities, one of the user's own, or
 * one certificate by its fingerprint. Keeps the last certificate that it saw, to tell of it.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;
  private final @Nullable Fingerprint pin;
  private volatile @Nullable X509Certificate last;

  private ServerTrust(X509ExtendedTrustManager authorities, @Nullable Fingerprint pin) {
    this.authorities = authorities;
    this.pin = pin;
  }

  /**
   * What {@code MUSTER_CA} says.
   *
   * @param ca a PEM file or a SHA-256; null or empty = the system's authorities
   * @throws ControlException when it is neither
   */
  static ServerTrust of(@Nullable String ca) {
    try {
      if (ca == null || ca.isBlank()) {
        return new ServerTrust(manager(null), null);
      }
      if (Files.isReadable(Path.of(ca.strip()))) {
        return new ServerTrust(manager(authorities(Path.of(ca.strip()))), null);
      }
      return new ServerTrust(manager(null), new Fingerprint(ca));
    } catch (IllegalArgumentException neither) {
      throw new ControlException(
          "MUSTER_CA is \"%s\": neither a PEM file that can be read nor a SHA-256 fingerprint."
              .formatted(ca),
          neither);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new ControlException(
          "MUSTER_CA: no certificate can be read from %s: %s".formatted(ca, unusable.getMessage()),
          unusable);
    }
  }

  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has TLS", impossible);
    }
  }

  /** The certificate that was not trusted; empty when it did not come to that. */
  Optional<String> describeLast() {
    var seen = last;
    return seen == null
        ? Optional.empty()
        : Optional.of(
            "of %s, issued by %s, until %s\n  SHA-256 %s"
                .formatted(
                    seen.getSubjectX500Principal().getName(),
                    seen.getIssuerX500Principal().getName(),
                    seen.getNotAfter().toInstant(),
                    fingerprint(seen)));
  }

  /** The last of the causes says it best. */
  static String reason(SSLException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    var said = String.valueOf(cause.getMessage());
    return said.contains("unable to find valid certification path")
        ? "no authority that this machine knows has signed it"
        : said.replaceAll("\\.$", "");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    last = chain[0];
    var wanted = pin;
    if (wanted == null) {
      authorities.checkServerTrusted(chain, type, engine);
    } else if (!wanted.equals(fingerprint(chain[0]))) {
      throw new CertificateException("it is another one than MUSTER_CA names");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("only engines are used here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only engines are used here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  private static Fingerprint fingerprint(X509Certificate certificate) {
    try {
      return Fingerprint.ofDigest(
          MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("A certificate that was read has a form", impossible);
    }
  }

  private static KeyStore authorities(Path pem) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(pem)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new CertificateException("there is none in it");
      }
      for (var certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
    }
    return store;
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
  }
}
