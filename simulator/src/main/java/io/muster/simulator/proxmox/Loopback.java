package io.muster.simulator.proxmox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds addresses and a port for the nodes. */
final class Loopback {
  private static final String ONLY = "127.0.0.1";

  /** In each net of 256; a round number is easier on the eyes than all 254. */
  private static final int HOSTS = 250;

  /** Tries at a port that is free on all addresses. */
  private static final int TRIES = 20;

  private Loopback() {}

  /**
   * The wished addresses when this system has them all; else 127.0.0.1 alone, as on macOS.
   *
   * @param wished empty for {@code 127.0.10.1}, {@code 127.0.10.2} …
   */
  static List<String> addresses(List<String> wished, int nodes) {
    List<String> addresses =
        wished.isEmpty()
            ? IntStream.rangeClosed(1, nodes).mapToObj(Loopback::standard).toList()
            : wished;
    return addresses.stream().allMatch(address -> canBind(address, 0)) ? addresses : List.of(ONLY);
  }

  /** A port that is free on all the addresses now. */
  static int freePort(List<String> addresses) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port;
      try (ServerSocket probe =
          new ServerSocket(0, 1, InetAddress.getByName(addresses.getFirst()))) {
        port = probe.getLocalPort();
      }
      if (addresses.stream().allMatch(address -> canBind(address, port))) {
        return port;
      }
    }
    throw new IOException("Found no port that is free on all of " + addresses);
  }

  static InetSocketAddress socket(String address, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  static List<String> shared(List<String> addresses, int nodes) {
    List<String> all = new ArrayList<>(addresses);
    while (all.size() < nodes) {
      all.add(addresses.getFirst());
    }
    return all;
  }

  private static String standard(int number) {
    int index = number - 1;
    return "127.0." + (10 + index / HOSTS) + "." + (1 + index % HOSTS);
  }

  private static boolean canBind(String address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(socket(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
