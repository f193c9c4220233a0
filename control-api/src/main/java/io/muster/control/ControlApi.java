package io.muster.control;

import io.micronaut.runtime.server.EmbeddedServer;
import io.muster.control.account.FirstAdmin;
import io.muster.control.crypto.SecretBox;
import io.muster.control.settings.ControlSettings;
import io.muster.control.site.Tenants;
import io.muster.control.tables.SchemaKeeper;
import io.muster.settings.PlainFailureException;
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

  private final ControlParts parts;
  private final URI url;
  private final URI managementUrl;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ControlApi(ControlParts parts, URI url, URI managementUrl) {
    this.parts = parts;
    this.url = url;
    this.managementUrl = managementUrl;
  }

  /**
   * Brings the database up to date and starts answering.
   *
   * @throws PlainFailureException when it can't, with what to do
   */
  static ControlApi start(ControlSettings settings) {
    int port = port(settings.address(), settings.port());
    int managementPort = port(settings.managementAddress(), settings.managementPort());
    ControlParts parts =
        ControlParts.start(settings, ControlProperties.of(settings, port, managementPort));
    try {
      // A wrong key is found before the first request, and before an admin is made.
      SecretBox _ = parts.bean(SecretBox.class);
      parts.bean(FirstAdmin.class).ensure(parts.bean(Tenants.class).home().id());
      parts.bean(SchemaKeeper.class).start();
      parts.bean(EmbeddedServer.class).start();
    } catch (RuntimeException e) {
      parts.close();
      throw ControlParts.explained(settings, e);
    }
    ControlApi api =
        new ControlApi(
            parts,
            url(settings.address(), port),
            url(settings.managementAddress(), managementPort));
    parts.watchDatabase(api::close);
    return api;
  }

  URI url() {
    return url;
  }

  URI managementUrl() {
    return managementUrl;
  }

  <T> T bean(Class<T> type) {
    return parts.bean(type);
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
    parts.close();
    LOG.info("Stopped");
    closed.countDown();
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
