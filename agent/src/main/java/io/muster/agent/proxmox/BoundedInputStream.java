package io.muster.agent.proxmox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    taken += bytes;
    if (taken > limit) {
      throw new MalformedAnswerException("the answer is longer than " + limit + " bytes");
    }
  }
}
