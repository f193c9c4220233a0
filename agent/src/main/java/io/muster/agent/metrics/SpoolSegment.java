package io.muster.agent.metrics;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One file of the spool: eight bytes that say what it is, then records. A record is the length of
 * its rows' bytes (4), a CRC-32C of all that follows (4), how many rows (4), when they were kept
 * (8, epoch milliseconds), and the rows as {@link RowCodec} has them. Not thread-safe.
 */
final class SpoolSegment implements Closeable {
  private static final byte[] HEAD = "MSPOOL\0\1".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_HEAD = 20;

  /** A record is cut at 64 KiB, and one row has a dozen texts of 16 KB at most: more is damage. */
  private static final int MAX_RECORD_BYTES = 4 << 20;

  private final Path file;
  private final long number;
  private final FileChannel channel;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long size;
  private boolean broken;

  private SpoolSegment(Path file, long number, FileChannel channel) {
    this.file = file;
    this.number = number;
    this.channel = channel;
  }

  /** Where a record is and what it holds. */
  record Entry(long segment, long offset, int length, int rows, long keptAtMillis) {}

  /** What a crash or a bad disk left behind: rows as far as their number can still be read. */
  record Damage(long bytes, long rows) {
    static final Damage NONE = new Damage(0, 0);
  }

  /** A file that is no segment, or one of a later version. */
  static final class UnknownFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(Path file) {
      super(file + " is not a spool segment that this version can read");
    }
  }

  static SpoolSegment create(Path file, long number) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SpoolSegment segment = new SpoolSegment(file, number, channel);
    try {
      segment.write(ByteBuffer.wrap(HEAD));
      return segment;
    } catch (IOException e) {
      segment.delete();
      throw e;
    }
  }

  /** With nothing in it yet: {@link #scan} finds what is. */
  static SpoolSegment open(Path file, long number) throws IOException {
    return new SpoolSegment(
        file, number, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /**
   * Reads all of the file, leaves out damaged records and cuts off what follows the last whole one.
   *
   * @throws UnknownFormatException when this is no segment
   */
  Damage scan() throws IOException {
    long end = channel.size();
    if (end < HEAD.length) {
      return new Damage(end, 0);
    }
    if (!read(0, HEAD.length).equals(ByteBuffer.wrap(HEAD))) {
      throw new UnknownFormatException(file);
    }
    size = HEAD.length;
    long rowsLost = 0;
    long bytesLost = 0;
    long at = size;
    while (at + RECORD_HEAD <= end) {
      ByteBuffer head = read(at, RECORD_HEAD);
      int length = head.getInt(0);
      int rows = head.getInt(8);
      boolean plausible = length > 0 && length <= MAX_RECORD_BYTES && rows > 0 && rows <= length;
      if (!plausible) {
        break;
      }
      Entry entry = new Entry(number, at, length, rows, head.getLong(12));
      at += RECORD_HEAD + length;
      if (at <= end && isWhole(entry)) {
        entries.addLast(entry);
        bytesLost += entry.offset() - size;
        size = at;
      } else {
        rowsLost += rows;
      }
    }
    bytesLost += end - size;
    if (size < end) {
      channel.truncate(size);
    }
    return new Damage(bytesLost, rowsLost);
  }

  private boolean isWhole(Entry entry) throws IOException {
    ByteBuffer record = read(entry.offset(), RECORD_HEAD + entry.length());
    return record.getInt(4) == crc(record);
  }

  private static int crc(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.slice(8, record.limit() - 8));
    return (int) crc.getValue();
  }

  /** On disk for sure only after {@link #sync}. When it fails the segment is as before. */
  void append(ByteBuffer rows, int count, long keptAtMillis) throws IOException {
    int length = rows.remaining();
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEAD + length);
    record.putInt(length).putInt(0).putInt(count).putLong(keptAtMillis).put(rows).flip();
    record.putInt(4, crc(record));
    long offset = size;
    write(record);
    entries.addLast(new Entry(number, offset, length, count, keptAtMillis));
  }

  private void write(ByteBuffer bytes) throws IOException {
    long at = size;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      size = at;
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  private void cutBack(IOException cause) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      // Nothing more goes into this file, and the next start cuts its end.
      broken = true;
      cause.addSuppressed(e);
    }
  }

  void sync() throws IOException {
    channel.force(false);
  }

  /**
   * @throws IOException when it can't be read, or is not what was written
   */
  List<WritableRow> rows(Entry entry) throws IOException {
    ByteBuffer record = read(entry.offset(), RECORD_HEAD + entry.length());
    if (record.getInt(4) != crc(record)) {
      throw new IOException("the checksum of the record at " + entry.offset() + " is wrong");
    }
    return RowCodec.decode(record.position(RECORD_HEAD).slice(), entry.rows());
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException(file + " ends before " + (at + length));
      }
    }
    return bytes.flip();
  }

  /** What still is to be sent, oldest first. */
  Deque<Entry> entries() {
    return entries;
  }

  boolean hasRoom(int more, long maxBytes) {
    return !broken && size + RECORD_HEAD + more <= maxBytes;
  }

  static int recordBytes(int rowsBytes) {
    return RECORD_HEAD + rowsBytes;
  }

  long rowsLeft() {
    return entries.stream().mapToLong(Entry::rows).sum();
  }

  /** Of the file, sent records too. */
  long size() {
    return size;
  }

  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  void delete() throws IOException {
    try {
      close();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
