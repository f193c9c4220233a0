package io.muster.agent.proxmox;

import io.muster.agent.provider.NamingTrustManager;
import io.muster.agent.provider.PeerCertificate;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the members of one cluster: trust by pin, by a given authority, by the system's, or none;
 * and, unless it is none, by what the cluster itself states. One context for all members, so that
 * sessions are resumed.
 */
final class Tls implements TlsSocketStrategy {
  private final TlsTrust trust;
  private final Map<Endpoint, Fingerprint> stated = new ConcurrentHashMap<>();
  private final Map<Endpoint, Fingerprint> vouched = new ConcurrentHashMap<>();
  private final Map<Endpoint, PeerCertificate> seen = new ConcurrentHashMap<>();

  /** Behind a proxy, a socket knows the proxy's port alone. */
  private final Map<Socket, Endpoint> handshakes = new ConcurrentHashMap<>();

  private @Nullable SSLContext context;

  Tls(TlsTrust trust) {
    this.trust = trust;
  }

  boolean verified() {
    return trust.verify();
  }

  boolean pinned() {
    return trust.verify() && !trust.fingerprints().isEmpty();
  }

  /** A fingerprint that the cluster itself states for this address, through a trusted member. */
  void expect(Endpoint endpoint, Fingerprint fingerprint) {
    stated.put(endpoint, fingerprint);
  }

  /** The certificate last seen at this address. */
  @Nullable PeerCertificate seen(Endpoint endpoint) {
    return seen.get(endpoint);
  }

  /** Each certificate that was seen, once. */
  List<PeerCertificate.Judged> shown() {
    return seen.entrySet().stream()
        .map(shown ->
            new PeerCertificate.Judged(
                shown.getValue(),
                trust.verify() && trusted(shown.getKey(), shown.getValue().fingerprint())))
        .distinct()
        .toList();
  }

  @Override
  public SSLSocket upgrade(
      Socket socket,
      String target,
      int port,
      @Nullable Object attachment,
      @Nullable HttpContext httpContext)
      throws IOException {
    Endpoint endpoint = new Endpoint("https", target, port);
    SSLSocket tls =
        (SSLSocket) context().getSocketFactory().createSocket(socket, target, port, true);
    try {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(byAuthority() ? "HTTPS" : null);
      tls.setSSLParameters(parameters);
      handshakes.put(tls, endpoint);
      tls.startHandshake();
      inspect(endpoint, tls);
      return tls;
    } catch (IOException | RuntimeException e) {
      tls.close();
      throw e;
    } finally {
      handshakes.remove(tls);
    }
  }

  /** After every handshake, a resumed one too: those don't ask the trust manager. */
  private void inspect(Endpoint endpoint, SSLSocket tls) throws IOException {
    PeerCertificate certificate;
    try {
      certificate = PeerCertificate.of((X509Certificate) tls.getSession().getPeerCertificates()[0]);
    } catch (CertificateException e) {
      throw new SSLException("the certificate can't be read", e);
    }
    seen.put(endpoint, certificate);
    if (trust.verify() && !trusted(endpoint, certificate.fingerprint())) {
      tls.getSession().invalidate();
      SSLHandshakeException refused = new SSLHandshakeException("certificate refused");
      refused.initCause(Refusal.unpinned(certificate));
      throw refused;
    }
  }

  private boolean trusted(Endpoint endpoint, Fingerprint fingerprint) {
    return trust.fingerprints().contains(fingerprint)
        || fingerprint.equals(stated.get(endpoint))
        || fingerprint.equals(vouched.get(endpoint));
  }

  private void decide(
      Socket socket, PeerCertificate certificate, @Nullable CertificateException objection)
      throws CertificateException {
    Endpoint endpoint = handshakes.get(socket);
    if (endpoint == null) {
      throw new CertificateException("a handshake that is not known");
    }
    seen.put(endpoint, certificate);
    if (objection == null) {
      vouched.put(endpoint, certificate.fingerprint());
    } else if (!certificate.fingerprint().equals(stated.get(endpoint))) {
      throw Refusal.unvouched(certificate, trust.caCertificate() != null, objection);
    }
  }

  private boolean byAuthority() {
    return trust.verify() && trust.fingerprints().isEmpty();
  }

  private synchronized SSLContext context() throws IOException {
    if (context == null) {
      try {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(null, new TrustManager[] {trustManager()}, null);
        context = made;
      } catch (GeneralSecurityException e) {
        throw new SSLException("caCert can't be used: " + e.getMessage(), e);
      }
    }
    return context;
  }

  private X509ExtendedTrustManager trustManager() throws GeneralSecurityException, IOException {
    if (!byAuthority()) {
      return new AnyCertificate();
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust.caCertificate() == null ? null : store(trust.caCertificate()));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return new NamingTrustManager(extended, this::decide);
      }
    }
    throw new GeneralSecurityException("this Java has no X.509 trust manager");
  }

  private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate authority :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    if (number == 0) {
      throw new CertificateException("no certificate in it");
    }
    return store;
  }
}
