package io.muster.simulator.proxmox;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** One connection that shows what is really on the wire: reason phrases and repeated headers. */
final class WireClient implements AutoCloseable {
  /** Longer than anything a test waits for; a hang then fails instead of hanging. */
  private static final int TIMEOUT_MILLIS = 20_000;

  /** One a cluster, so that sessions are resumed. */
  private static final Map<String, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

  private final Socket socket;
  private final InputStream in;

  private WireClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = socket.getInputStream();
  }

  /** Connects with TLS, trusting the cluster's authority and checking the host name. */
  static WireClient connect(SimulatedProxmox cluster, String node) throws IOException {
    URI url = cluster.url(node);
    SSLSocket socket =
        (SSLSocket)
            CONTEXTS
                .computeIfAbsent(cluster.authorityPem(), WireClient::trusting)
                .getSocketFactory()
                .createSocket(url.getHost(), url.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new WireClient(socket);
  }

  /** Reading fails when nothing comes for as long. */
  void patience(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
  }

  /** Connects without TLS. */
  static WireClient plain(SimulatedProxmox cluster, String node) throws IOException {
    URI url = cluster.url(node);
    return new WireClient(new Socket(url.getHost(), url.getPort()));
  }

  /** One request on a connection of its own. */
  static WireAnswer once(
      SimulatedProxmox cluster, String method, String target, String authorization)
      throws IOException {
    try (WireClient client = connect(cluster, cluster.nodes().getFirst())) {
      return client.request(method, target, List.of("Authorization: " + authorization), "");
    }
  }

  /** SHA-256 of the certificate that the server presented, as the cluster would state it. */
  String fingerprint() throws IOException, GeneralSecurityException {
    Certificate shown = ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  WireAnswer request(String method, String target, List<String> headers, String body)
      throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      text.append("Content-Length: ").append(length).append("\r\n");
    }
    send(text + "\r\n" + body);
    return read();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  WireAnswer read() throws IOException {
    String[] status = line().split(" ", 3);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(": ", 2);
      headers.add(Map.entry(parts[0], parts[1]));
    }
    WireAnswer head = new WireAnswer(Integer.parseInt(status[1]), status[2], headers, List.of());
    String length = head.first("Content-Length");
    byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    List<Byte> raw = new ArrayList<>();
    for (byte part : body) {
      raw.add(part);
    }
    return new WireAnswer(head.status(), head.reason(), headers, raw);
  }

  /** Waits for the server to close; true when it did so without another byte. */
  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection without an answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  static SSLContext trusting(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("Cannot trust " + pem, e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
