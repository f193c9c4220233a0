package io.muster.simulator.engine;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads that simulated platforms run on; any number of clusters may share them. */
public final class Engine implements AutoCloseable {
  /** Encryption is the work; more would take processors from what is measured. */
  private static final int LOOPS = 2;

  /** Closing must not hang on a handler. */
  private static final long QUIET_SECONDS = 2;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  /** Runs the connections. */
  public EventLoopGroup loops() {
    return loops;
  }

  /** Runs what may block. */
  public ExecutorService handlers() {
    return handlers;
  }

  /** Runs what is due. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    handlers.shutdownNow();
    loops.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
