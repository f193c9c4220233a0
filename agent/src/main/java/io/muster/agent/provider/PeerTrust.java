package io.muster.agent.provider;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.TlsTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts by pin, by a given authority, by the system's, or everything; and keeps what it was shown.
 * The authority also checks the host's name.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
  private final TlsTrust trust;
  private final String remedy;
  private final X509ExtendedTrustManager authority;
  private volatile @Nullable PeerCertificate seen;
  private volatile @Nullable Fingerprint trusted;
  private volatile @Nullable X509Certificate leaf;

  /**
   * @param remedy what to do about a certificate that no known authority vouches for
   * @throws IOException when the authority's certificate can't be used
   */
  public PeerTrust(TlsTrust trust, String remedy) throws IOException {
    this.trust = trust;
    this.remedy = remedy;
    try {
      authority = authority(trust.caCertificate());
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate of the authority can't be used: " + e.getMessage(), e);
    }
  }

  /** Null = no handshake yet. */
  public @Nullable PeerCertificate seen() {
    return seen;
  }

  /** The certificate of the newest handshake itself; null = no handshake yet. */
  public @Nullable X509Certificate leaf() {
    return leaf;
  }

  /** The newest handshake's, with what was thought of it; empty = no handshake yet. */
  public List<PeerCertificate.Judged> shown() {
    PeerCertificate certificate = seen;
    return certificate == null
        ? List.of()
        : List.of(
            new PeerCertificate.Judged(certificate, certificate.fingerprint().equals(trusted)));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    PeerCertificate certificate = PeerCertificate.of(chain[0]);
    seen = certificate;
    leaf = chain[0];
    if (!trust.verify()) {
      return;
    }
    if (!trust.fingerprints().isEmpty()) {
      if (!trust.fingerprints().contains(certificate.fingerprint())) {
        throw new CertificateException(
            "the certificate is not the pinned one, its fingerprint is "
                + certificate.fingerprint());
      }
      trusted = certificate.fingerprint();
      return;
    }
    try {
      authority.checkServerTrusted(chain, authType, engine);
      trusted = certificate.fingerprint();
    } catch (CertificateException e) {
      throw new CertificateException(
          "the certificate is not trusted (%s): %s".formatted(e.getMessage(), remedy), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("a handshake that is not by an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a handshake that is not by an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("we are no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }

  private static X509ExtendedTrustManager authority(@Nullable String pem)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(pem == null ? null : store(pem));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this Java has no X.509 trust manager");
  }

  private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
      store.setCertificateEntry("ca" + number++, one);
    }
    if (number == 0) {
      throw new CertificateException("no certificate in it");
    }
    return store;
  }
}
