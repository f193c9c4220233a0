package io.muster.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Passes bytes between the agent and one node; while it holds, the node's answers wait in it. */
final class Relay implements AutoCloseable {
  private final URI node;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch caught = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  Relay(URI node) throws IOException {
    this.node = node;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  void hold() {
    gate = new CountDownLatch(1);
  }

  /** Waits until an answer is held. */
  void awaitCaught() throws InterruptedException {
    if (!caught.await(AgentRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no answer came within " + AgentRig.PATIENCE);
    }
  }

  void release() {
    gate.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket agent = listener.accept();
        Socket server = new Socket(node.getHost(), node.getPort());
        sockets.addAll(List.of(agent, server));
        Thread.ofVirtual().start(() -> pass(agent, server, false));
        Thread.ofVirtual().start(() -> pass(server, agent, true));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (answers && gate.getCount() > 0) {
          caught.countDown();
          gate.await();
        }
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // One side has gone, so both go.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    release();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
