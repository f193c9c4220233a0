package io.muster.agent.inventory;

import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.settings.Variables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers from the inventory file and the environment. A change of the file, or of a file that it
 * names, is taken up when it has stood for two looks; one that can't be used is told, and what was
 * read before stays in force.
 */
public final class FileInventorySource implements InventorySource {
  private static final Logger LOG = LoggerFactory.getLogger(FileInventorySource.class);

  /** Fast enough for a person who waits, and nothing for the machine: a few small files. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final InventoryLoader loader;
  private final Clock clock;
  private final List<Consumer<Inventory>> listeners = new CopyOnWriteArrayList<>();
  private final Thread watcher;
  private FileReads reads;
  private InventoryLoader.Loaded loaded;
  private volatile Inventory current;
  private volatile InventoryStatus status;

  private FileInventorySource(
      InventoryLoader loader,
      FileReads reads,
      InventoryLoader.Loaded loaded,
      Duration lookInterval,
      Clock clock) {
    this.loader = loader;
    this.clock = clock;
    this.reads = reads;
    this.loaded = loaded;
    this.current = loaded.inventory();
    this.status =
        new InventoryStatus(loaded.origins(), clock.instant(), loaded.servers().size(), List.of());
    this.watcher = Thread.ofVirtual().name("inventory").unstarted(() -> watch(lookInterval));
  }

  /**
   * Reads the inventory and watches it from then on.
   *
   * @param site of this agent
   * @param file null = {@code infrastructure_config.json}, else {@code proxmox_config.json}
   * @param folder that a relative {@code file} starts from: the working folder
   * @param variables for {@code PROXMOX_NODE_<n>_…} and {@code ${NAME}}
   * @throws ConfigurationException with everything that is wrong
   */
  public static FileInventorySource open(
      String site, @Nullable Path file, Path folder, Variables variables) {
    return open(site, file, folder, variables, LOOK_INTERVAL, Clock.systemUTC());
  }

  static FileInventorySource open(
      String site,
      @Nullable Path file,
      Path folder,
      Variables variables,
      Duration lookInterval,
      Clock clock) {
    InventoryLoader loader = new InventoryLoader(site, file, folder, variables);
    FileReads reads = new FileReads();
    InventoryLoader.Loaded loaded = loader.load(reads, false);
    int count = loaded.servers().size();
    LOG.info(
        "{} server{} from {}",
        count,
        count == 1 ? "" : "s",
        String.join(" and ", loaded.origins()));
    if (file != null && !loaded.fromFile()) {
      LOG.warn("{} does not exist; only variables name servers", folder.resolve(file));
    }
    FileInventorySource source =
        new FileInventorySource(loader, reads, loaded, lookInterval, clock);
    source.watcher.start();
    return source;
  }

  @Override
  public Inventory current() {
    return current;
  }

  @Override
  public void onChange(Consumer<Inventory> listener) {
    listeners.add(listener);
  }

  @Override
  public List<String> problems() {
    return status.problems().stream().map(ConfigurationProblem::message).toList();
  }

  /** For {@code /state}. */
  public InventoryStatus status() {
    return status;
  }

  /** Stops watching; the inventory in force stays readable. */
  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch(Duration lookInterval) {
    String seen = reads.then();
    try {
      while (true) {
        Thread.sleep(lookInterval);
        String now = reads.now();
        if (now.equals(seen) && !now.equals(reads.then())) {
          reload();
          now = reads.then();
        }
        seen = now;
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void reload() {
    FileReads fresh = new FileReads();
    try {
      take(loader.load(fresh, loaded.fromFile()));
    } catch (ConfigurationException e) {
      refuse(e.problems());
      LOG.warn(
          "The changed inventory is not taken up, the servers read before stay in force. {}",
          e.getMessage());
    } catch (RuntimeException e) {
      refuse(
          List.of(
              new ConfigurationProblem(
                  "inventory", null, null, "what the agent fails on", "no failure; see the log")));
      LOG.error("The changed inventory can't be read, the servers read before stay in force", e);
    }
    reads = fresh;
  }

  private void refuse(List<ConfigurationProblem> problems) {
    status = new InventoryStatus(status.origins(), status.readAt(), status.servers(), problems);
  }

  private void take(InventoryLoader.Loaded next) {
    InventoryChange change = InventoryChange.between(loaded, next);
    loaded = next;
    current = next.inventory();
    status = new InventoryStatus(next.origins(), clock.instant(), next.servers().size(), List.of());
    LOG.info("Inventory read again: {}", change.summary());
    change.renames().forEach(LOG::warn);
    if (!change.isEmpty()) {
      listeners.forEach(this::tell);
    }
  }

  private void tell(Consumer<Inventory> listener) {
    try {
      listener.accept(current);
    } catch (RuntimeException e) {
      LOG.error("A part of the agent did not take up the changed inventory", e);
    }
  }
}
