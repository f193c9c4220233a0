package io.muster.agent.metrics;

import io.muster.agent.provider.QuotaSample;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A program that records numbered rows as fast as it is let while QuestDB is away, and prints how
 * many of them are on disk. It ends when it is killed.
 */
final class SpoolingChild {
  private static final int BURST = 200;
  private static final int BUFFER = 4_000;

  private SpoolingChild() {}

  static Origin origin(UUID server) {
    return new Origin("lab", ProviderKind.PROXMOX, new ServerId(server), "crash");
  }

  static QuotaSample sample(Instant start, int number) {
    return new QuotaSample(start.plusMillis(number), "p", "r", (long) number, null);
  }

  /** Data folder, address, server, time of row 0, number of the first row. */
  public static void main(String[] args) {
    QuestDbSettings settings =
        new QuestDbSettings(new QuestDbAddress(URI.create(args[1]), null, null), Retention.DEFAULT);
    Origin origin = origin(UUID.fromString(args[2]));
    Instant start = Instant.parse(args[3]);
    int first = Integer.parseInt(args[4]);
    MetricsPipeline pipeline =
        new MetricsPipeline("lab", new UUID(5, 5), Path.of(args[0]), settings, 64 << 20, BUFFER);
    pipeline.start();
    int next = first;
    long printed = 0;
    while (true) {
      long onDisk = pipeline.status().rowsSpooled();
      if (onDisk > printed) {
        System.out.println(onDisk);
        printed = onDisk;
      }
      if (next - first - onDisk <= BUFFER - BURST) {
        List<QuotaSample> samples =
            IntStream.range(next, next + BURST).mapToObj(n -> sample(start, n)).toList();
        pipeline
            .recorder()
            .snapshot(origin, start, Rows.snapshot(List.of(), List.of(), samples, false));
        next += BURST;
      }
      LockSupport.parkNanos(500_000);
    }
  }
}
