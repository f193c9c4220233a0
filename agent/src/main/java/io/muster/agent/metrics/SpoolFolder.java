package io.muster.agent.metrics;

import io.muster.agent.metrics.SpoolSegment.Damage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the spool, numbered in the order that they were made. Used by one thread. */
final class SpoolFolder {
  private static final String SUFFIX = ".rows";
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);

  private final Path folder;
  private long nextNumber;

  SpoolFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What an earlier process left.
   *
   * @param segments oldest first, none empty
   * @param rowsDamaged as far as their number can still be read
   */
  record Found(List<SpoolSegment> segments, long rowsDamaged) {
    public Found {
      segments = List.copyOf(segments);
    }
  }

  /** Makes the folder where there is none. A file that can't be used never stops the others. */
  Found restore() throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    // Names are numbers of one width.
    Collections.sort(files);
    List<SpoolSegment> segments = new ArrayList<>();
    long rowsDamaged = 0;
    for (Path file : files) {
      try {
        long number = number(file);
        nextNumber = Math.max(nextNumber, number + 1);
        SpoolSegment segment = SpoolSegment.open(file, number);
        rowsDamaged += scan(segment).rows();
        if (segment.entries().isEmpty()) {
          segment.delete();
        } else {
          segments.add(segment);
        }
      } catch (IOException e) {
        setAside(file, e);
      }
    }
    return new Found(segments, rowsDamaged);
  }

  private static Damage scan(SpoolSegment segment) throws IOException {
    try {
      Damage damage = segment.scan();
      tell(segment.file(), damage);
      return damage;
    } catch (IOException e) {
      segment.close();
      throw e;
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

  /** An empty segment behind all others; its name survives the loss of power after a sync. */
  SpoolSegment create() throws IOException {
    long number = nextNumber;
    SpoolSegment segment = SpoolSegment.create(file(number), number);
    nextNumber++;
    return segment;
  }

  /** -1 when there is no such segment. */
  long bytesOf(long number) {
    try {
      return Files.size(file(number));
    } catch (IOException e) {
      return -1;
    }
  }

  private Path file(long number) {
    return folder.resolve("%016d%s".formatted(number, SUFFIX));
  }

  void sync() {
    DiskSync.folder(folder);
  }

  /** Says it when the file can't be deleted. */
  void delete(SpoolSegment segment) {
    try {
      segment.delete();
      sync();
    } catch (IOException e) {
      LOG.warn("Cannot delete {}: {}", segment.file(), e.getMessage());
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
