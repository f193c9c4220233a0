package io.muster.simulator.http;

import io.netty.channel.ChannelFuture;
import java.io.IOException;

/** Waits until something is on the wire. */
final class Writing {
  private Writing() {}

  static void await(ChannelFuture written) throws IOException {
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while writing", e);
    }
    if (!written.isSuccess()) {
      throw new IOException("The client has gone", written.cause());
    }
  }
}
