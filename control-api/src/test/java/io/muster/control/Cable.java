package io.muster.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lies before a program that tests cut off without ending it. */
public final class Cable implements AutoCloseable {
  private final InetSocketAddress end;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** To {@code host:port}. */
  public Cable(String end) throws IOException {
    int colon = end.lastIndexOf(':');
    this.end =
        new InetSocketAddress(end.substring(0, colon), Integer.parseInt(end.substring(colon + 1)));
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Where its near end is, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Ends what goes through it; what comes is ended at once. */
  public void cut() {
    cut = true;
    sockets.forEach(Cable::end);
  }

  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        if (cut) {
          end(near);
        } else {
          Socket far = new Socket();
          far.connect(end);
          sockets.add(near);
          sockets.add(far);
          Thread.ofVirtual().start(() -> pump(near, far));
          Thread.ofVirtual().start(() -> pump(far, near));
        }
      } catch (IOException _) {
        // Closed, or the far end is away: whoever came sees it by an end of the stream.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One end is gone, and so the other goes.
    }
    end(from);
    end(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
