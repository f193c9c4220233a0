package io.muster.simulator.relay;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Listens on loopback and passes requests on, unless it is told otherwise. */
public final class Relay implements AutoCloseable {
  /** As QuestDB: a query stands in the first line. */
  private static final int MOST_HEADER_BYTES = 64 * 1024;

  /** Closing must not hang. */
  private static final long QUIET_SECONDS = 2;

  private final InetSocketAddress target;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ChannelGroup hanging = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicLong requests = new AtomicLong();
  private volatile RelayMode mode = new RelayMode.Pass();
  private @Nullable Channel server;
  private int port;

  private Relay(InetSocketAddress target, int port) {
    this.target = target;
    this.port = port;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param target such as {@code http://127.0.0.1:9000}; need not answer yet
   * @param port 0 takes a free one
   */
  public static Relay start(URI target, int port) throws IOException {
    if (!"http".equals(target.getScheme()) || target.getHost() == null || target.getPort() < 0) {
      throw new IllegalArgumentException(
          "The relay leads to an address such as http://127.0.0.1:9000, not '" + target + "'");
    }
    Relay relay = new Relay(new InetSocketAddress(target.getHost(), target.getPort()), port);
    try {
      relay.open();
      return relay;
    } catch (IOException e) {
      relay.close();
      throw e;
    }
  }

  /** Such as {@code http://127.0.0.1:19000}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What can be done to it through the control endpoint. */
  public List<Verb> verbs() {
    return List.of(
        new Verb(
            "GET",
            "/control/mode",
            "what becomes of requests, and how many there were",
            arguments -> Map.of("mode", mode.word(), "requests", requests.get())),
        Verb.post("/control/mode", "?mode=pass|refuse|hang|cut|status[&status=500]", this::change));
  }

  private synchronized void change(Arguments arguments) {
    mode = RelayMode.of(arguments);
    hanging.close().awaitUninterruptibly();
    try {
      if (mode instanceof RelayMode.Refuse) {
        shut();
      } else {
        open();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open() throws IOException {
    if (server != null) {
      return;
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Pipeline())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen on " + address, bound.cause());
    }
    server = bound.channel();
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  private void shut() {
    Channel open = server;
    server = null;
    if (open != null) {
      open.close().awaitUninterruptibly();
      connections.close().awaitUninterruptibly();
    }
  }

  /** What becomes of a request that begins now. */
  RelayMode nextRequest() {
    requests.incrementAndGet();
    return mode;
  }

  /** A client is kept waiting. */
  void hangs(Channel client) {
    hanging.add(client);
  }

  static HttpDecoderConfig decoding() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MOST_HEADER_BYTES)
        .setMaxHeaderSize(MOST_HEADER_BYTES);
  }

  @Override
  public synchronized void close() {
    shut();
    loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel client) {
      connections.add(client);
      client
          .pipeline()
          .addLast(new HttpServerCodec(decoding()))
          .addLast(new ClientSide(Relay.this, target));
    }
  }
}
