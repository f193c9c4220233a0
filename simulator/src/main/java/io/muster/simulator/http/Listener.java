package io.muster.simulator.http;

import io.muster.simulator.engine.Engine;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An address with TLS, open until it is closed and again after. */
public final class Listener implements AutoCloseable {
  /** As a Kubernetes API server, the most patient of all: a larger body is refused. */
  private static final int MOST_BODY_BYTES = 3 * 1024 * 1024;

  static final String CONNECTION = "connection";

  private final Supplier<SslContext> tls;
  private final Handler handler;
  private final Engine engine;
  private final InstantSource clock;
  private final Map<String, String> always;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private InetSocketAddress address;
  private @Nullable Channel server;

  /**
   * @param address port 0 takes a free one at the first opening and keeps it
   * @param tls asked at each new connection
   * @param clock of the header {@code Date}
   * @param always headers that every answer of the platform has
   */
  public Listener(
      InetSocketAddress address,
      Supplier<SslContext> tls,
      Handler handler,
      Engine engine,
      InstantSource clock,
      Map<String, String> always) {
    this.address = address;
    this.tls = tls;
    this.handler = handler;
    this.engine = engine;
    this.clock = clock;
    this.always = Map.copyOf(always);
  }

  /** Begins to listen; nothing happens when it does already. */
  public synchronized void open() throws IOException {
    if (server != null) {
      return;
    }
    var bound =
        new ServerBootstrap()
            .group(engine.loops())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Pipeline())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen on " + address, bound.cause());
    }
    server = bound.channel();
    address = (InetSocketAddress) bound.channel().localAddress();
  }

  /** Listens, or listens no more, from now on. */
  public void listen(boolean on) {
    if (!on) {
      close();
      return;
    }
    try {
      open();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen again", e);
    }
  }

  public synchronized int port() {
    return address.getPort();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public synchronized void close() {
    Channel open = server;
    server = null;
    if (open != null) {
      open.close().awaitUninterruptibly();
    }
    connections.close().awaitUninterruptibly();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      connections.add(channel);
      channel
          .pipeline()
          .addLast(tls.get().newHandler(channel.alloc()))
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
          .addLast(CONNECTION, new Connection(handler, engine.handlers(), clock, always));
    }
  }
}
