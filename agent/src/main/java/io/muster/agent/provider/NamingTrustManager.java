package io.muster.agent.provider;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Asks an authority about the certificates of servers, and tells what it said. */
public final class NamingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authority;
  private final Judge judge;

  /** Has the last word. */
  @FunctionalInterface
  public interface Judge {
    /** Throws to refuse; the objection is the authority's, null when it vouches for it. */
    void decide(
        Socket socket, PeerCertificate certificate, @Nullable CertificateException objection)
        throws CertificateException;
  }

  public NamingTrustManager(X509ExtendedTrustManager authority, Judge judge) {
    this.authority = authority;
    this.judge = judge;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    CertificateException objection = null;
    try {
      authority.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      objection = e;
    }
    judge.decide(socket, PeerCertificate.of(chain[0]), objection);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authority.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }
}
