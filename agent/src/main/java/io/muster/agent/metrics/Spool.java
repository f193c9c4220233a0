package io.muster.agent.metrics;

import io.muster.agent.metrics.SpoolSegment.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that wait on disk until QuestDB takes them: a queue in files, in the order that they came.
 * Bounded in bytes: when it is full the oldest segment makes room, and its rows are counted. Used
 * by one thread, but for {@link #state}.
 *
 * <p>What was sent of a segment is not written down: after a restart the oldest segment is sent
 * again from its begin, which changes nothing in QuestDB.
 */
final class Spool {
  /** What is dropped or sent again at once; 128 files at the default bound. */
  private static final long MAX_SEGMENT_BYTES = 8 << 20;

  /** A small spool loses an eighth when it is full, not all. */
  private static final int MIN_SEGMENTS = 8;

  /** What one damaged byte costs at most: about 500 rows. */
  private static final int RECORD_BYTES = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolFolder folder;
  private final long maxBytes;
  private final Clock clock;
  private final Deque<SpoolSegment> segments = new ArrayDeque<>();
  private boolean opened;
  private boolean dropping;
  private long rowsSpooled;
  private long rowsDropped;
  private volatile State state = new State(0, 0, 0, 0, null);

  Spool(Path dataFolder, long maxBytes, Clock clock) {
    this.folder = new SpoolFolder(dataFolder.resolve("spool"));
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * @param rowsSpooled since the start, on disk for sure
   * @param rowsDropped since the start: no room, or damaged
   * @param oldestAtMillis when the oldest row that waits came to disk; null when none waits
   */
  record State(
      long rowsSpooled,
      long rowsDropped,
      long rowsWaiting,
      long bytes,
      @Nullable Long oldestAtMillis) {}

  /** The oldest rows. */
  record Stored(List<WritableRow> rows, Entry last) {
    public Stored {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The end of what is on disk.
   *
   * @param segment its number
   * @param offset in bytes
   */
  record Position(long segment, long offset) {}

  /** Behind the newest row that waits; null when none does. */
  @Nullable Position end() {
    SpoolSegment last = segments.peekLast();
    return last == null ? null : new Position(last.number(), last.size());
  }

  /** Whether the files still reach as far as they once did. Blocks on the disk; from any thread. */
  boolean reaches(Position position) {
    return folder.bytesOf(position.segment()) >= position.offset();
  }

  /** Whether nothing waits behind these rows. */
  boolean isLast(Stored stored) {
    SpoolSegment last = segments.peekLast();
    return last != null && stored.last().equals(last.entries().peekLast());
  }

  /** From any thread. */
  State state() {
    return state;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Finds what an earlier process left. Does nothing when that was done. Blocks on the disk. */
  void open() throws IOException {
    if (opened) {
      return;
    }
    SpoolFolder.Found found = folder.restore();
    segments.addAll(found.segments());
    rowsDropped += found.rowsDamaged();
    opened = true;
    shrink(0);
    publish();
    if (!segments.isEmpty()) {
      LOG.info("{} rows wait in {} from before; they are sent first", state.rowsWaiting(), folder);
    }
  }

  /**
   * Adds rows behind the others; when it returns they survive the loss of power.
   *
   * @throws IOException when the disk does not take them; some may be there all the same
   */
  void append(List<? extends WritableRow> rows) throws IOException {
    open();
    try {
      RowEncoder encoder = new RowEncoder();
      for (WritableRow row : rows) {
        encoder.add(row);
        if (encoder.size() >= RECORD_BYTES) {
          write(encoder);
          encoder = new RowEncoder();
        }
      }
      if (encoder.rows() > 0) {
        write(encoder);
      }
      // Once a batch, so about once a second: by the row it would cost the disk 500 times as much.
      if (!segments.isEmpty()) {
        segments.getLast().sync();
      }
      rowsSpooled += rows.size();
    } finally {
      publish();
    }
  }

  private void write(RowEncoder encoder) throws IOException {
    shrink(SpoolSegment.recordBytes(encoder.size()));
    long segmentBytes = Math.min(MAX_SEGMENT_BYTES, maxBytes / MIN_SEGMENTS);
    SpoolSegment last = segments.peekLast();
    if (last == null || !last.hasRoom(encoder.size(), segmentBytes)) {
      if (last != null) {
        last.sync();
      }
      last = folder.create();
      try {
        last.append(encoder.bytes(), encoder.rows(), clock.millis());
      } catch (IOException e) {
        last.delete();
        throw e;
      }
      segments.addLast(last);
      folder.sync();
    } else {
      last.append(encoder.bytes(), encoder.rows(), clock.millis());
    }
  }

  /** Drops the oldest segments until there is room for this many bytes more. */
  private void shrink(long more) {
    while (!segments.isEmpty() && bytes() + more > maxBytes) {
      SpoolSegment oldest = segments.removeFirst();
      rowsDropped += oldest.rowsLeft();
      if (!dropping) {
        LOG.warn(
            "The spool in {} has reached MUSTER_SPOOL_BYTES ({}): the oldest rows are dropped",
            folder,
            maxBytes);
        dropping = true;
      }
      folder.delete(oldest);
    }
  }

  /** The oldest rows, at least one record of them; null when nothing waits. */
  @Nullable Stored peek(int maxRows) {
    List<WritableRow> rows = new ArrayList<>();
    Entry last = null;
    for (SpoolSegment segment : List.copyOf(segments)) {
      Iterator<Entry> entries = segment.entries().iterator();
      while (entries.hasNext()) {
        Entry entry = entries.next();
        if (last != null && rows.size() + entry.rows() > maxRows) {
          return new Stored(rows, last);
        }
        try {
          rows.addAll(segment.rows(entry));
          last = entry;
        } catch (IOException e) {
          entries.remove();
          rowsDropped += entry.rows();
          publish();
          LOG.warn("{} rows of {} are left out: {}", entry.rows(), segment.file(), e.getMessage());
        }
      }
    }
    if (last == null) {
      discardSent();
      return null;
    }
    return new Stored(rows, last);
  }

  /** Forgets these rows and all before them: they are in QuestDB. */
  void remove(Stored stored) {
    Entry last = stored.last();
    for (SpoolSegment segment : segments) {
      segment
          .entries()
          .removeIf(entry ->
              entry.segment() < last.segment()
                  || (entry.segment() == last.segment() && entry.offset() <= last.offset()));
      if (segment.number() >= last.segment()) {
        break;
      }
    }
    discardSent();
  }

  private void discardSent() {
    while (!segments.isEmpty() && segments.getFirst().entries().isEmpty()) {
      folder.delete(segments.removeFirst());
    }
    if (segments.isEmpty() && dropping) {
      LOG.info("The spool is empty again; {} rows were dropped since the start", rowsDropped);
      dropping = false;
    }
    publish();
  }

  private long bytes() {
    return segments.stream().mapToLong(SpoolSegment::size).sum();
  }

  private void publish() {
    SpoolSegment first = segments.peekFirst();
    Entry oldest = first == null ? null : first.entries().peekFirst();
    state =
        new State(
            rowsSpooled,
            rowsDropped,
            segments.stream().mapToLong(SpoolSegment::rowsLeft).sum(),
            bytes(),
            oldest == null ? null : oldest.keptAtMillis());
  }

  void close() {
    for (SpoolSegment segment : segments) {
      try {
        segment.close();
      } catch (IOException e) {
        LOG.debug("Cannot close {}: {}", segment.file(), e.getMessage());
      }
    }
  }
}
