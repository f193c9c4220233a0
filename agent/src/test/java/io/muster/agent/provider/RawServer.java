package io.muster.agent.provider;

import io.muster.protocol.Fingerprint;
import io.muster.simulator.tls.ClusterAuthority;
import io.muster.simulator.tls.KeyKind;
import io.muster.simulator.tls.Naming;
import io.muster.simulator.tls.NodeCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A TLS server of no platform: answers each request with what a script writes. */
public final class RawServer implements AutoCloseable {
  /** Writes an answer to a request; an exception cuts the connection. */
  @FunctionalInterface
  public interface Script {
    /** The path has its query. */
    void answer(String path, OutputStream out) throws Exception;
  }

  private final ClusterAuthority authority;
  private final Fingerprint fingerprint;
  private final ServerSocket listener;
  private final Queue<String> paths = new ConcurrentLinkedQueue<>();

  public RawServer(Script script) throws Exception {
    authority = ClusterAuthority.create(Naming.KUBERNETES, KeyKind.EC_P256, Instant.now());
    NodeCertificate certificate = authority.issue("a", List.of("127.0.0.1"), Instant.now());
    fingerprint = new Fingerprint(certificate.fingerprint());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "node",
        certificate.key(),
        new char[0],
        new Certificate[] {certificate.certificate(), certificate.authority()});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    listener =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** A whole answer with a JSON body. */
  public static void json(OutputStream out, String statusLine, String body) throws IOException {
    String head =
        "HTTP/1.1 "
            + statusLine
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n";
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Lines with CRLF between them. */
  static void write(OutputStream out, String... lines) throws IOException {
    out.write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  public String authorityPem() {
    return authority.pem();
  }

  /** Of the certificate that it shows. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Of all requests so far. */
  public List<String> paths() {
    return List.copyOf(paths);
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String path = "";
      int length = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("GET ") || line.startsWith("POST ")) {
          path = line.split(" ", -1)[1];
          paths.add(path);
        } else if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(line.substring(15).strip());
        } else if (line.isEmpty()) {
          in.skip(length);
          length = 0;
          script.answer(path, socket.getOutputStream());
        }
      }
    } catch (Exception e) {
      // The client went away, or the script wanted the connection cut.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
