package io.muster.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An answer in chunks: as large as is good, or as small as what is flushed. */
final class Chunks extends OutputStream {
  private static final int BYTES = 64 * 1024;

  private final Channel channel;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final boolean last;
  private final Runnable whenEnded;
  private boolean closed;

  /**
   * @param last whether the connection ends with it
   * @param whenEnded runs on the connection's thread before the end is written
   */
  Chunks(Channel channel, boolean last, Runnable whenEnded) {
    this.channel = channel;
    this.last = last;
    this.whenEnded = whenEnded;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    pending.write(content, offset, length);
    if (pending.size() >= BYTES) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (pending.size() > 0) {
      byte[] content = pending.toByteArray();
      pending.reset();
      Writing.await(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(content))));
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      flush();
      channel.eventLoop().execute(whenEnded);
      ChannelFuture written = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      if (last) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      Writing.await(written);
    }
  }
}
