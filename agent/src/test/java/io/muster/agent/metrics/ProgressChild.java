package io.muster.agent.metrics;

import io.muster.agent.provider.Progress;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerId;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A program that goes on with numbered rows where its progress says, and prints the first number
 * once its rows are safe. It ends when it is killed.
 */
final class ProgressChild {
  static final String SOURCE = "numbers";
  private static final int BURST = 50;
  private static final int BUFFER = 4_000;

  private ProgressChild() {}

  /** What a provider would hand over that has come as far as {@code next}. */
  static Snapshot snapshot(long epoch, Instant start, int from, int next) {
    List<QuotaSample> samples =
        IntStream.range(from, next).mapToObj(n -> SpoolingChild.sample(start, n)).toList();
    Snapshot seen = Rows.snapshot(List.of(), List.of(), samples, false);
    return new Snapshot(
        seen.facts(),
        seen.nodes(),
        seen.vms(),
        seen.samples(),
        seen.events(),
        false,
        false,
        seen.gaps(),
        1,
        null,
        null,
        null,
        new Progress(epoch, Map.of(SOURCE, (long) next), Map.of()));
  }

  /** Data folder, address, server, time of row 0. */
  public static void main(String[] args) {
    QuestDbSettings settings =
        new QuestDbSettings(
            new QuestDbAddress(
                URI.create(args[1]),
                System.getenv("QUESTDB_USER"),
                new Secret(Objects.requireNonNull(System.getenv("QUESTDB_PASSWORD")))),
            Retention.DEFAULT);
    UUID server = UUID.fromString(args[2]);
    Origin origin = SpoolingChild.origin(server);
    Instant start = Instant.parse(args[3]);
    MetricsPipeline pipeline =
        new MetricsPipeline("lab", new UUID(5, 5), Path.of(args[0]), settings, 64 << 20, BUFFER);
    pipeline.start();
    ProgressKeeper keeper = pipeline.progressOf(new ServerId(server));
    Progress at = keeper.resume(Progress.NONE);
    boolean told = false;
    while (true) {
      at = keeper.resume(at);
      if (pipeline.status().rowsBuffered() < BUFFER / 2) {
        int from = at.taken().getOrDefault(SOURCE, 0L).intValue();
        Snapshot snapshot = snapshot(at.epoch(), start, from, from + BURST);
        pipeline.recorder().snapshot(origin, start, snapshot);
        at = snapshot.progress();
      }
      if (!told && pipeline.status().rowsWritten() + pipeline.status().rowsSpooled() > 0) {
        System.out.println("going");
        told = true;
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
