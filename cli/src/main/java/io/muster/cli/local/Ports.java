package io.muster.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of this machine. */
public final class Ports {
  private Ports() {}

  /** Different ports that nobody listens on now; somebody else may still be quicker. */
  public static List<Integer> free(String bindAddress, int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (var i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(bindAddress)));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException failed) {
      throw new StartException("No free port on " + bindAddress, failed);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  /** What a client on this machine connects to when a program listens on {@code bindAddress}. */
  static String reachableHost(String bindAddress) {
    return switch (bindAddress) {
      case "0.0.0.0", "*", "::", "[::]" -> "127.0.0.1";
      default -> bindAddress;
    };
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing was sent over it.
    }
  }
}
