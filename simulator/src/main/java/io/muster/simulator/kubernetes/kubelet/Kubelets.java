package io.muster.simulator.kubernetes.kubelet;

import io.muster.simulator.engine.Engine;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Listener;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.world.DemoWorld;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import io.muster.simulator.kubernetes.world.Usage;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** The ports of all nodes: an address of its own for each where the system has them. */
public final class Kubelets implements DemoWorld.Kubelets, AutoCloseable {
  /** In each net of 256. */
  private static final int HOSTS = 250;

  private final List<Listener> listeners = new ArrayList<>();
  private final List<Address> addresses = new ArrayList<>();
  private final CompletableFuture<Shared> shared = new CompletableFuture<>();

  /** What all kubelets know, once the cluster is there. */
  private record Shared(
      KubernetesWorld world, Accounts accounts, Usage usage, InstantSource clock) {}

  /**
   * Listens for each of so many nodes.
   *
   * @param tls what a node of that name and address shows, asked at each new connection
   */
  public Kubelets(
      int nodes, BiFunction<String, String, SslContext> tls, Engine engine, InstantSource clock)
      throws IOException {
    for (int i = 1; i <= nodes; i++) {
      listen(i, tls, engine, clock);
    }
  }

  private void listen(
      int number, BiFunction<String, String, SslContext> tls, Engine engine, InstantSource clock)
      throws IOException {
    String name = "node-" + number;
    Handler handler =
        (request, exchange) -> {
          Shared known = shared.join();
          new Kubelet(name, known.world(), known.accounts(), known.usage(), known.clock())
              .handle(request, exchange);
        };
    int index = number - 1;
    byte[] own = {127, 0, (byte) (30 + index / HOSTS), (byte) (1 + index % HOSTS)};
    try {
      open(own, name, tls, handler, engine, clock);
    } catch (IOException e) {
      // As on macOS, which has one address only.
      open(new byte[] {127, 0, 0, 1}, name, tls, handler, engine, clock);
    }
  }

  private void open(
      byte[] host,
      String name,
      BiFunction<String, String, SslContext> tls,
      Handler handler,
      Engine engine,
      InstantSource clock)
      throws IOException {
    InetAddress address = InetAddress.getByAddress(host);
    String shown = address.getHostAddress();
    Listener listener =
        new Listener(
            new InetSocketAddress(address, 0),
            () -> tls.apply(name, shown),
            handler,
            engine,
            clock,
            Map.of());
    listener.open();
    listeners.add(listener);
    addresses.add(new Address(shown, listener.port()));
  }

  /** Begins to answer. */
  public void serve(KubernetesWorld world, Accounts accounts, Usage usage, InstantSource clock) {
    shared.complete(new Shared(world, accounts, usage, clock));
  }

  @Override
  public Address of(int node) {
    return addresses.get(node - 1);
  }

  @Override
  public void close() {
    listeners.forEach(Listener::close);
  }
}
