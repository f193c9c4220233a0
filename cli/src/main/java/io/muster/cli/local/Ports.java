package io.muster.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses TCP ports of this machine, each once. */
public final class Ports {
  /** How far from the wished port another one is looked for: near, so that people recognise it. */
  private static final int NEIGHBOURS = 100;

  private final String bindAddress;
  private final Consumer<String> notices;
  private final Set<Integer> given = new HashSet<>();

  /** {@code notices} hears, in one sentence each, of ports that were taken. */
  Ports(String bindAddress, Consumer<String> notices) {
    this.bindAddress = bindAddress;
    this.notices = notices;
  }

  /** The wished port or, when somebody listens there, the next free one. */
  int choose(int wished, String forWhat) {
    if (isFree(wished)) {
      given.add(wished);
      return wished;
    }
    var other = nextFree(wished);
    given.add(other);
    notices.accept(
        "Port %d is taken by %s: %s gets %d."
            .formatted(wished, PortOwner.describe(wished), forWhat, other));
    return other;
  }

  private int nextFree(int wished) {
    for (var port = wished + 1; port <= Math.min(wished + NEIGHBOURS, 65535); port++) {
      if (isFree(port)) {
        return port;
      }
    }
    return free(bindAddress, 1).getFirst();
  }

  private boolean isFree(int port) {
    if (given.contains(port)) {
      return false;
    }
    // macOS lets a second program bind beside a wildcard listener: so ask whether one answers, too.
    if (Readiness.isPortOpen(new InetSocketAddress(reachableHost(bindAddress), port))) {
      return false;
    }
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName(bindAddress))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Different ports that nobody listens on now; somebody else may still be quicker. */
  public static List<Integer> free(String bindAddress, int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (var i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(bindAddress)));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException failed) {
      throw new StartException(
          "No free port on " + bindAddress + ": " + failed.getMessage(), failed);
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
