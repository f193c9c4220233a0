package io.muster.agent.proxmox;

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
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS server that answers every request with what the script writes. */
final class ScriptedServer implements AutoCloseable {
  /** Writes an answer to one request. */
  interface Script {
    void answer(int request, OutputStream out) throws Exception;
  }

  /** Writes an answer to a request, given what stands after {@code /api2/json}. */
  interface PathScript {
    void answer(String path, OutputStream out) throws Exception;
  }

  private interface AnyScript {
    void answer(int request, String path, OutputStream out) throws Exception;
  }

  private final ClusterAuthority authority;
  private final NodeCertificate certificate;
  private final ServerSocket listener;
  private final Queue<Instant> sessions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  ScriptedServer(Script script) throws Exception {
    this(0, (request, path, out) -> script.answer(request, out));
  }

  static ScriptedServer byPath(PathScript script) throws Exception {
    return at(0, script);
  }

  /** With a certificate of its own, on a port where another one was before. */
  static ScriptedServer at(int port, PathScript script) throws Exception {
    return new ScriptedServer(port, (request, path, out) -> script.answer(path, out));
  }

  private ScriptedServer(int port, AnyScript script) throws Exception {
    authority = ClusterAuthority.create(Naming.PROXMOX, KeyKind.EC_P256, Instant.now());
    certificate = authority.issue("pve1", List.of("127.0.0.1"), Instant.now());
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
            .createServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** A whole answer with a JSON body. */
  static void json(OutputStream out, String statusLine, String body) throws IOException {
    write(
        out,
        "HTTP/1.1 " + statusLine,
        "Content-Type: application/json;charset=UTF-8",
        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
        "",
        body);
  }

  /** Lines with CRLF between them. */
  static void write(OutputStream out, String... lines) throws IOException {
    out.write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  String authorityPem() {
    return authority.pem();
  }

  Endpoint endpoint() {
    return Endpoint.of(url());
  }

  String fingerprint() {
    return certificate.fingerprint();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  /** When the TLS session of each connection with a request was made: long before, if resumed. */
  List<Instant> sessionsMade() {
    return List.copyOf(sessions);
  }

  private void accept(AnyScript script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, AnyScript script) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String path = "";
      in.mark(1);
      in.read();
      in.reset();
      sessions.add(Instant.ofEpochMilli(((SSLSocket) socket).getSession().getCreationTime()));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("GET ")) {
          path = line.split(" ", -1)[1].substring("/api2/json".length());
        }
        if (line.isEmpty()) {
          script.answer(requests.incrementAndGet(), path, socket.getOutputStream());
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
