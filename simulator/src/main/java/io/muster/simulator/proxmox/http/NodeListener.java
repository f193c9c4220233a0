package io.muster.simulator.proxmox.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The address of one node: open while the node is up. Not safe for use by several threads. */
public final class NodeListener implements AutoCloseable {
  /** As Proxmox: a longer header section closes the connection without an answer. */
  private static final int MOST_HEADER_BYTES = 8 * 1024;

  private static final int CHUNK_BYTES = 64 * 1024;

  private final InetSocketAddress wanted;
  private final Supplier<SslContext> tls;
  private final ApiProcess process;
  private final HttpSettings settings;
  private final EventLoopGroup loops;
  private final Executor handlers;
  private final LongAdder handshakes = new LongAdder();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel server;
  private int port;

  /**
   * @param address port 0 takes a free one at the first opening and keeps it
   * @param tls asked at each new connection
   * @param handlers runs what may block
   */
  public NodeListener(
      InetSocketAddress address,
      Supplier<SslContext> tls,
      ApiProcess process,
      HttpSettings settings,
      EventLoopGroup loops,
      Executor handlers) {
    this.wanted = address;
    this.tls = tls;
    this.process = process;
    this.settings = settings;
    this.loops = loops;
    this.handlers = handlers;
    this.port = address.getPort();
  }

  /** Begins to listen; nothing happens when it does already. */
  public void open() throws IOException {
    if (server != null) {
      return;
    }
    InetSocketAddress address = new InetSocketAddress(wanted.getAddress(), port);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Pipeline());
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen on " + address, bound.cause());
    }
    Channel opened = bound.channel();
    server = opened;
    port = ((InetSocketAddress) opened.localAddress()).getPort();
  }

  /** Such as {@code https://127.0.10.1:18006}, with the real port once it was open. */
  public URI url() {
    return URI.create("https://" + wanted.getAddress().getHostAddress() + ":" + port);
  }

  /** How many clients are connected. */
  public int connections() {
    // The group also holds what is just being closed.
    return (int) connections.stream().filter(Channel::isActive).count();
  }

  /** How many TLS handshakes it has finished, those that resumed a session too. */
  public long handshakes() {
    return handshakes.sum();
  }

  public boolean isOpen() {
    return server != null;
  }

  /** Stops listening and cuts every connection, as a power failure would. */
  @Override
  public void close() {
    Channel open = server;
    server = null;
    if (open != null) {
      open.close().awaitUninterruptibly();
      connections.close().awaitUninterruptibly();
    }
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      connections.add(channel);
      channel
          .pipeline()
          .addLast(new TlsOrPlain(tls.get()))
          .addLast(new HandshakeCounter())
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(MOST_HEADER_BYTES)
                      .setMaxHeaderSize(MOST_HEADER_BYTES)
                      .setMaxChunkSize(CHUNK_BYTES)))
          .addLast(new ConnectionHandler(process, settings, handlers));
    }
  }

  private final class HandshakeCounter extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent completion && completion.isSuccess()) {
        handshakes.increment();
      }
      context.fireUserEventTriggered(event);
    }
  }

  /** Lets plain HTTP through, for the redirect that it gets. */
  private static final class TlsOrPlain extends OptionalSslHandler {
    TlsOrPlain(SslContext tls) {
      super(tls);
    }

    @Override
    protected @Nullable ChannelHandler newNonSslHandler(ChannelHandlerContext context) {
      return null;
    }
  }
}
