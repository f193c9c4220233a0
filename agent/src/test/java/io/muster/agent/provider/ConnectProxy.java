package io.muster.agent.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy that opens tunnels and does nothing else. */
public final class ConnectProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final @Nullable String authorization;
  private final Queue<String> tunnels = new ConcurrentLinkedQueue<>();

  /**
   * Opens it.
   *
   * @param credentials {@code user:password} that it wants, or null
   */
  public ConnectProxy(@Nullable String credentials) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    authorization =
        credentials == null
            ? null
            : "proxy-authorization: basic "
                + Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.ISO_8859_1));
    Thread.ofVirtual().start(this::accept);
  }

  /** Its address, with user and password when given. */
  public URI url(@Nullable String credentials) {
    return URI.create(
        "http://"
            + (credentials == null ? "" : credentials + "@")
            + "127.0.0.1:"
            + listener.getLocalPort());
  }

  /** {@code host:port} of every tunnel that was opened. */
  public List<String> tunnels() {
    return List.copyOf(tunnels);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      String head = head(in);
      while (!allowed(head)) {
        RawServer.write(
            out,
            "HTTP/1.1 407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"lab\"",
            "Content-Length: 0",
            "",
            "");
        head = head(in);
      }
      String target = head.split(" ", -1)[1];
      int colon = target.lastIndexOf(':');
      try (Socket to =
          new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
        tunnels.add(target);
        RawServer.write(out, "HTTP/1.1 200 Connection established", "", "");
        Thread back = Thread.ofVirtual().start(() -> pump(to, socket));
        pump(socket, to);
        back.join();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      // One of the two ends went away.
    }
  }

  private boolean allowed(String head) {
    return authorization == null
        || head.lines()
            .anyMatch(line ->
                line.length() == authorization.length()
                    && line.substring(0, 27).equalsIgnoreCase(authorization.substring(0, 27))
                    && line.substring(27).equals(authorization.substring(27)));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Closed at the other end.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
