package io.muster.agent.openstack;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS to all endpoints of one cloud: trust by pin, by a given authority, by the system's, or none.
 * The authority also checks the host's name.
 */
final class CloudTls implements TlsSocketStrategy {
  private final TlsTrust trust;
  private final Map<String, SeenCertificate> seen = new ConcurrentHashMap<>();
  private @Nullable SSLContext context;

  CloudTls(TlsTrust trust) {
    this.trust = trust;
  }

  boolean verified() {
    return trust.verify();
  }

  /** The certificate last shown at this address; null = no handshake yet. */
  @Nullable SeenCertificate seen(String host, int port) {
    return seen.get(host + ":" + port);
  }

  @Override
  public SSLSocket upgrade(
      Socket socket,
      String target,
      int port,
      @Nullable Object attachment,
      @Nullable HttpContext httpContext)
      throws IOException {
    SSLSocket tls =
        (SSLSocket) context().getSocketFactory().createSocket(socket, target, port, true);
    try {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(byAuthority() ? "HTTPS" : null);
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      inspect(target + ":" + port, tls);
      return tls;
    } catch (IOException | RuntimeException e) {
      tls.close();
      throw e;
    }
  }

  /** After every handshake, a resumed one too: those don't ask a trust manager. */
  private void inspect(String address, SSLSocket tls) throws IOException {
    SeenCertificate certificate;
    try {
      certificate = SeenCertificate.of((X509Certificate) tls.getSession().getPeerCertificates()[0]);
    } catch (CertificateException e) {
      throw new SSLException("the certificate can't be read", e);
    }
    seen.put(address, certificate);
    if (pinned() && !trust.fingerprints().contains(certificate.fingerprint())) {
      tls.getSession().invalidate();
      SSLHandshakeException refused = new SSLHandshakeException("certificate refused");
      refused.initCause(
          new CertificateException(
              "the certificate is not the pinned one, its fingerprint is "
                  + certificate.fingerprint()));
      throw refused;
    }
  }

  private boolean pinned() {
    return trust.verify() && !trust.fingerprints().isEmpty();
  }

  private boolean byAuthority() {
    return trust.verify() && trust.fingerprints().isEmpty();
  }

  private synchronized SSLContext context() throws IOException {
    SSLContext ready = context;
    if (ready == null) {
      try {
        ready = SSLContext.getInstance("TLS");
        ready.init(null, byAuthority() ? authority() : new TrustManager[] {new Anything()}, null);
        context = ready;
      } catch (GeneralSecurityException e) {
        throw new SSLException("caCert can't be used: " + e.getMessage(), e);
      }
    }
    return ready;
  }

  private TrustManager[] authority() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    String pem = trust.caCertificate();
    factory.init(pem == null ? null : store(pem));
    return factory.getTrustManagers();
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
