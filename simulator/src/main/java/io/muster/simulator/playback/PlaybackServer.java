package io.muster.simulator.playback;

import io.muster.simulator.tls.ClusterAuthority;
import io.muster.simulator.tls.KeyFolder;
import io.muster.simulator.tls.KeyKind;
import io.muster.simulator.tls.Naming;
import io.muster.simulator.tls.NodeCertificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A recording on the wire: over TLS, at every address that answered when it was made. Recorded
 * addresses are of this machine's loopback.
 */
public final class PlaybackServer implements AutoCloseable {
  /** Requests have no bodies to speak of. */
  private static final int MOST_REQUEST_BYTES = 512 * 1024;

  /** Closing must not hang. */
  private static final long QUIET_SECONDS = 2;

  /** Tries at a port that is free on all addresses. */
  private static final int TRIES = 20;

  private final Recording recording;
  private final Player player;
  private final ClusterAuthority authority;
  private final EventLoopGroup loops;
  private final int port;

  private PlaybackServer(
      Recording recording,
      Player player,
      ClusterAuthority authority,
      EventLoopGroup loops,
      int port) {
    this.recording = recording;
    this.player = player;
    this.authority = authority;
    this.loops = loops;
    this.port = port;
  }

  /**
   * Answers when this returns.
   *
   * @param port the same at each address; 0 takes a free one
   * @param data keeps the authority and the keys over a restart
   */
  public static PlaybackServer start(Recording recording, int port, Path data) throws IOException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      InstantSource clock = InstantSource.system();
      Player player = new Player(recording, clock);
      KeyFolder keys = new KeyFolder(data.resolve("tls"), Naming.PROXMOX, KeyKind.EC_P256);
      ClusterAuthority authority = keys.authority(clock.instant());
      List<String> hosts = recording.hosts();
      int bound = port == 0 ? freePort(hosts) : port;
      for (String host : hosts) {
        NodeCertificate certificate = keys.node(authority, host, List.of(host), clock.instant());
        bind(
            loops,
            new InetSocketAddress(host, bound),
            tls(certificate),
            () -> new PlaybackHandler(host, player, recording.times()));
      }
      return new PlaybackServer(recording, player, authority, loops, bound);
    } catch (IOException | RuntimeException e) {
      Future<?> _ = loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS);
      throw e;
    }
  }

  private static SslContext tls(NodeCertificate certificate) throws IOException {
    return SslContextBuilder.forServer(
            certificate.key(), certificate.certificate(), certificate.authority())
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  private static void bind(
      EventLoopGroup loops,
      InetSocketAddress address,
      SslContext tls,
      Supplier<PlaybackHandler> handler)
      throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(tls.newHandler(channel.alloc()))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MOST_REQUEST_BYTES))
                        .addLast(handler.get());
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen on "
              + address
              + ", an address of the recording. Linux has all of 127.0.0.0/8; elsewhere each is"
              + " to be added first",
          bound.cause());
    }
    Channel _ = bound.channel();
  }

  private static int freePort(List<String> hosts) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      List<ServerSocket> probes = new ArrayList<>();
      try {
        int port = 0;
        for (String host : hosts) {
          ServerSocket probe = new ServerSocket();
          probes.add(probe);
          probe.bind(new InetSocketAddress(host, port));
          port = probe.getLocalPort();
        }
        return port;
      } catch (IOException e) {
        if (i == TRIES - 1) {
          throw new IOException("Found no port that is free on all of " + hosts, e);
        }
      } finally {
        for (ServerSocket probe : probes) {
          probe.close();
        }
      }
    }
    throw new IllegalStateException("The last try returns or throws");
  }

  /** Where the recorded server is configured, as in the inventory. */
  public List<URI> urls() {
    return recording.urls().stream().map(this::here).toList();
  }

  /** The same of nodes with an address of their own. */
  public Map<String, URI> nodeAddresses() {
    Map<String, URI> addresses = new LinkedHashMap<>();
    recording.nodeAddresses().forEach((node, url) -> addresses.put(node, here(url)));
    return addresses;
  }

  /** The token whose user the answers speak of. Any secret will do. */
  public String tokenId() {
    return recording.tokenId();
  }

  public String provider() {
    return recording.provider();
  }

  /** The certificate of the authority, in PEM. */
  public String authorityPem() {
    return authority.pem();
  }

  /** From the beginning again. */
  public void rewind() {
    player.rewind();
  }

  private URI here(URI recorded) {
    return URI.create("https://" + Recording.host(recorded) + ":" + port);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
