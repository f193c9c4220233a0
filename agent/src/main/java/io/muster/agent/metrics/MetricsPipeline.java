package io.muster.agent.metrics;

import io.muster.agent.provider.ProgressKeeper;
import io.muster.protocol.ServerId;
import io.muster.schema.SchemaInstaller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All between a poll and QuestDB: the recorder, the buffer, the spool on disk, and the threads that
 * write. Starts with QuestDB down as well as up.
 */
public final class MetricsPipeline implements AutoCloseable {
  /**
   * Rows that wait in memory while neither QuestDB nor the disk takes them: 100 s of 5,000 VMs
   * polled every 10 s, about 25 MB of the heap.
   */
  public static final int BUFFER_ROWS = 50_000;

  /**
   * How old the known nodes and VMs on disk may be; what a crash takes of them gets no {@code
   * removed}.
   */
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(MetricsPipeline.class);

  private final StateJournal journal;
  private final ProgressJournal progress;
  private final Spool spool;
  private final RowWriter writer;
  private final MetricsRecorder recorder;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread saver;
  private final Thread progressSaver;

  /**
   * @param agent of {@link AgentIdentity#load}
   * @param spoolBytes at most this much is kept on disk while QuestDB is away
   */
  public MetricsPipeline(
      String site, UUID agent, Path dataFolder, QuestDbSettings settings, long spoolBytes) {
    this(site, agent, dataFolder, settings, spoolBytes, BUFFER_ROWS);
  }

  MetricsPipeline(
      String site,
      UUID agent,
      Path dataFolder,
      QuestDbSettings settings,
      long spoolBytes,
      int bufferRows) {
    Clock clock = Clock.systemUTC();
    progress = new ProgressJournal(new ProgressFile(dataFolder));
    spool = new Spool(dataFolder, spoolBytes, clock);
    RowBuffer buffer = new RowBuffer(bufferRows, progress::lost);
    SchemaInstaller installer = new SchemaInstaller(settings.address(), settings.retention());
    journal = new StateJournal(new KnownFiles(dataFolder));
    writer =
        new RowWriter(
            buffer,
            spool,
            new QuestDbSink(settings, installer, clock),
            progress,
            installer::problems,
            clock);
    recorder =
        new MetricsRecorder(site, agent.toString(), journal, progress, buffer, writer::status);
    saver = Thread.ofVirtual().name("known-objects").unstarted(this::keepSaving);
    progressSaver = Thread.ofVirtual().name("progress").unstarted(progress::keepSaving);
  }

  /** Reads what was known before, and starts writing. Blocks on the disk only. */
  public void start() {
    journal.load();
    progress.load(spool);
    writer.start();
    saver.start();
    progressSaver.start();
  }

  public Recorder recorder() {
    return recorder;
  }

  /** What became of the rows of this server. From any thread, once the pipeline was started. */
  public ProgressKeeper progressOf(ServerId server) {
    return progress.keeperOf(server);
  }

  /** Cheap; from any thread. */
  public WriterStatus status() {
    return writer.status();
  }

  /**
   * Blocks for some seconds at most while what waits is written, to the spool at last. Polls must
   * have ended before.
   */
  @Override
  public void close() {
    closing.countDown();
    writer.close();
    progress.close();
    try {
      saver.join();
      progressSaver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepSaving() {
    boolean end = false;
    while (!end) {
      try {
        end = closing.await(SAVE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        LOG.debug("Interrupted while waiting to save");
        end = true;
      }
      journal.save();
    }
  }
}
