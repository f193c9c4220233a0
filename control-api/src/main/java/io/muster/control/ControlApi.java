package io.muster.control;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.muster.control.crypto.Keys;
import io.muster.control.crypto.MasterKey;
import io.muster.control.settings.ControlSettings;
import io.muster.control.site.Tenants;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running control API: starts the parts in their order and ends them in the reverse one. */
final class ControlApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final URI url;
  private final URI managementUrl;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ControlApi(ApplicationContext context, URI url, URI managementUrl) {
    this.context = context;
    this.url = url;
    this.managementUrl = managementUrl;
    server = context.getBean(EmbeddedServer.class);
  }

  /**
   * Brings the database up to date and starts answering.
   *
   * @throws PlainFailureException when it can't, with what to do
   */
  static ControlApi start(ControlSettings settings) {
    int port = port(settings.address(), settings.port());
    int managementPort = port(settings.managementAddress(), settings.managementPort());
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .bootstrapEnvironment(false)
            .singletons(settings, key(settings))
            .properties(ControlProperties.of(settings, port, managementPort))
            .build();
    try {
      ControlApi api =
          new ControlApi(
              context.start(),
              url(settings.address(), port),
              url(settings.managementAddress(), managementPort));
      context.getBean(Tenants.class).home();
      api.server.start();
      return api;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  URI url() {
    return url;
  }

  URI managementUrl() {
    return managementUrl;
  }

  ApplicationContext context() {
    return context;
  }

  /** Blocks until it was closed. */
  void awaitEnd() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Stopping");
    context.close();
    LOG.info("Stopped");
    closed.countDown();
  }

  private static MasterKey key(ControlSettings settings) {
    try {
      return Keys.of(settings);
    } catch (IOException e) {
      throw new PlainFailureException(
          "Cannot read the key of the credentials: " + e.getMessage(), e);
    }
  }

  private static URI url(String address, int port) {
    return URI.create(
        "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
  }

  /** Routes are bound to a port by its number, so a free one is chosen before the server starts. */
  private static int port(String address, int asked) {
    if (asked != 0) {
      return asked;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PlainFailureException("Cannot find a free port of " + address + ": " + e, e);
    }
  }
}
