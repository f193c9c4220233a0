package io.muster.agent.kubernetes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer as it comes: knows when something came last, and ends what has no end. */
final class Body extends FilterInputStream {
  private final long limit;
  private long taken;
  private volatile long lastNanos = System.nanoTime();

  /**
   * @param limit bytes between two calls of {@link #begin()}
   */
  Body(InputStream inner, long limit) {
    super(inner);
    this.limit = limit;
  }

  /** What was read so far was of a sensible size. */
  void begin() {
    taken = 0;
  }

  /** How long nothing has come. From any thread. */
  long idleNanos() {
    return System.nanoTime() - lastNanos;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    lastNanos = System.nanoTime();
    taken += bytes;
    if (taken > limit) {
      throw new TooLongException(limit);
    }
  }

  /** There is more than was agreed. */
  static final class TooLongException extends java.net.ProtocolException {
    private static final long serialVersionUID = 1L;

    TooLongException(long limit) {
      super("the answer is longer than " + limit + " bytes");
    }
  }
}
