package io.muster.agent.metrics;

import io.muster.agent.metrics.SpoolSegment.Damage;
import io.muster.agent.metrics.SpoolSegment.Entry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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

  private static final String SUFFIX = ".rows";
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path folder;
  private final long maxBytes;
  private final Clock clock;
  private final Deque<SpoolSegment> segments = new ArrayDeque<>();
  private boolean opened;
  private boolean dropping;
  private long nextNumber;
  private long rowsSpooled;
  private long rowsDropped;
  private volatile State state = new State(0, 0, 0, 0, null);

  Spool(Path dataFolder, long maxBytes, Clock clock) {
    this.folder = dataFolder.resolve("spool");
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
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    // Names are numbers of one width.
    Collections.sort(files);
    for (Path file : files) {
      restore(file);
    }
    opened = true;
    shrink(0);
    publish();
    if (!segments.isEmpty()) {
      LOG.info("{} rows wait in {} from before; they are sent first", state.rowsWaiting(), folder);
    }
  }

  /** A segment that can't be used never stops the others. */
  private void restore(Path file) {
    try {
      long number = number(file);
      nextNumber = Math.max(nextNumber, number + 1);
      SpoolSegment segment = SpoolSegment.open(file, number);
      try {
        Damage damage = segment.scan();
        tell(file, damage);
        rowsDropped += damage.rows();
      } catch (IOException e) {
        segment.close();
        throw e;
      }
      if (segment.entries().isEmpty()) {
        segment.delete();
      } else {
        segments.addLast(segment);
      }
    } catch (IOException e) {
      setAside(file, e);
    }
  }

  private static long number(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new IOException(name + " is not a segment's name", e);
    }
  }

  private static void tell(Path file, Damage damage) {
    if (!damage.equals(Damage.NONE)) {
      LOG.warn(
          "{} bytes of {} are damaged or were being written when the agent was stopped hard: {}"
              + " rows are left out",
          damage.bytes(),
          file,
          damage.rows());
    }
  }

  private static void setAside(Path file, IOException cause) {
    LOG.warn(
        "Cannot use {}: {}. It is set aside as .unreadable and its rows are not sent",
        file,
        cause.getMessage());
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
    } catch (IOException e) {
      LOG.warn("Cannot rename {}: {}", file, e.getMessage());
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
      last =
          SpoolSegment.create(folder.resolve("%016d%s".formatted(nextNumber, SUFFIX)), nextNumber);
      nextNumber++;
      try {
        last.append(encoder.bytes(), encoder.rows(), clock.millis());
      } catch (IOException e) {
        last.delete();
        throw e;
      }
      segments.addLast(last);
      DiskSync.folder(folder);
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
      discard(oldest);
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
      discard(segments.removeFirst());
    }
    if (segments.isEmpty() && dropping) {
      LOG.info("The spool is empty again; {} rows were dropped since the start", rowsDropped);
      dropping = false;
    }
    publish();
  }

  private void discard(SpoolSegment segment) {
    try {
      segment.delete();
      DiskSync.folder(folder);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}: {}", segment.file(), e.getMessage());
    }
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
