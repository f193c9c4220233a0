package io.muster.agent.metrics;

import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.VmSample;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.SchemaException;
import io.muster.schema.SchemaInstaller;
import io.questdb.client.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * How fast rows go into the spool and out of it into a QuestDB, against the official client alone
 * with the same rows. Rows a second.
 */
public record ReplayRate(double spooled, double replayed, double bare) {
  private static final int VMS = 5_000;

  private static final Origin ORIGIN =
      new Origin("bench", ProviderKind.PROXMOX, new ServerId(new UUID(1, 1)), "bench");

  private static final long SPOOL_BYTES = 1L << 30;

  /** Also of a disk that has to be waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(5);

  /**
   * Writes about {@code rows} rows twice, into {@code vm_metrics} of a QuestDB that holds nothing
   * else: they stay there. Blocks.
   *
   * @param folder for the spool; its disk is measured
   * @throws IOException when the disk or QuestDB does not take them
   */
  public static ReplayRate measure(Path folder, QuestDbSettings settings, int rows)
      throws IOException {
    try {
      new SchemaInstaller(settings.address(), settings.retention()).install();
    } catch (SchemaException e) {
      throw new IOException("QuestDB does not take the tables: " + e.getMessage(), e);
    }
    int seconds = Math.max(1, rows / VMS);
    Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 4L * seconds);
    Files.createDirectories(folder);
    double spooled = fill(folder, start, seconds);
    double replayed = replay(folder, settings, seconds * VMS);
    double bare = bare(settings, start.minusSeconds(2L * seconds), seconds);
    return new ReplayRate(spooled, replayed, bare);
  }

  private static double fill(Path folder, Instant start, int seconds) throws IOException {
    Spool spool = new Spool(folder, SPOOL_BYTES, Clock.systemUTC());
    try {
      long nanos = 0;
      for (int second = 0; second < seconds; second++) {
        List<Row<?>> rows = rows(start.plusSeconds(second));
        long began = System.nanoTime();
        spool.append(rows);
        nanos += System.nanoTime() - began;
      }
      return perSecond(seconds * VMS, nanos);
    } finally {
      spool.close();
    }
  }

  private static double replay(Path folder, QuestDbSettings settings, int rows) throws IOException {
    try (MetricsPipeline pipeline =
        new MetricsPipeline("bench", new UUID(2, 2), folder, settings, SPOOL_BYTES)) {
      long began = System.nanoTime();
      pipeline.start();
      long end = began + PATIENCE.toNanos();
      while (pipeline.status().rowsWritten() < rows) {
        if (System.nanoTime() > end) {
          throw new IOException("QuestDB has not taken the spool's rows: " + pipeline.status());
        }
        Thread.sleep(LOOK);
      }
      return perSecond(rows, System.nanoTime() - began);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the spool is replayed", e);
    }
  }

  private static double bare(QuestDbSettings settings, Instant start, int seconds) {
    try (Sender sender = sender(settings.address())) {
      long nanos = 0;
      for (int second = 0; second < seconds; second++) {
        List<Row<?>> rows = rows(start.plusSeconds(second));
        long began = System.nanoTime();
        rows.forEach(row -> SenderCells.add(sender, row));
        sender.flush();
        nanos += System.nanoTime() - began;
      }
      return perSecond(seconds * VMS, nanos);
    }
  }

  private static Sender sender(QuestDbAddress address) {
    Sender.LineSenderBuilder builder =
        Sender.builder(Sender.Transport.HTTP)
            .address(address.url().getHost() + ":" + address.port())
            .protocolVersion(Sender.PROTOCOL_VERSION_V2)
            .disableAutoFlush();
    if (address.user() != null && address.password() != null) {
      builder.httpUsernamePassword(address.user(), address.password().reveal());
    }
    return builder.build();
  }

  private static List<Row<?>> rows(Instant ts) {
    Random random = new Random(ts.getEpochSecond());
    List<Row<?>> rows = new ArrayList<>(VMS);
    for (int vm = 0; vm < VMS; vm++) {
      rows.add(
          new Row<>(
              Tables.VM_METRICS,
              ORIGIN,
              ts,
              new VmSample(
                  ts,
                  "qemu:" + (100 + vm),
                  10,
                  random.nextDouble(),
                  2.0,
                  random.nextLong(1L << 32),
                  1L << 32,
                  MemorySource.BALLOON,
                  random.nextLong(1L << 32),
                  null,
                  1L << 34,
                  random.nextDouble() * 1e6,
                  random.nextDouble() * 1e6,
                  random.nextDouble() * 1e6,
                  random.nextDouble() * 1e6,
                  86_400L)));
    }
    return rows;
  }

  private static double perSecond(int rows, long nanos) {
    return rows / (nanos / 1e9);
  }
}
