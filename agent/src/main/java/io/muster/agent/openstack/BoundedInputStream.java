package io.muster.agent.openstack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** Fails when there is more than was agreed. */
final class BoundedInputStream extends FilterInputStream {
  private final long limit;
  private long taken;

  BoundedInputStream(InputStream inner, long limit) {
    super(inner);
    this.limit = limit;
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
    taken += bytes;
    if (taken > limit) {
      throw new ProtocolException("the answer is longer than " + limit + " bytes");
    }
  }
}
