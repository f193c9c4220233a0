package io.muster.control.tables;

import io.micronaut.context.annotation.Bean;
import io.muster.control.settings.ControlSettings;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.SchemaException;
import io.muster.schema.SchemaInstaller;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that QuestDB has the tables, views and first limits, so that a centre has them whose
 * agents write through a proxy. QuestDB may be away: it is tried again.
 */
@Singleton
@Bean(preDestroy = "stop")
public final class SchemaKeeper {
  /** Soon enough for agents, whose rows wait on their disks meanwhile. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** A QuestDB that was replaced by an empty one has its tables again before anybody wonders. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(SchemaKeeper.class);

  private final @Nullable QuestDbAddress questDb;
  private final @Nullable SchemaInstaller installer;
  private final Thread thread = Thread.ofVirtual().name("schema").unstarted(this::keep);

  /** Null before the first attempt, and while all is well. */
  private @Nullable String problem;

  private boolean wasInstalled;

  SchemaKeeper(ControlSettings settings) {
    questDb = settings.questDb();
    installer = questDb == null ? null : new SchemaInstaller(questDb, settings.retention());
  }

  /** Begins and does not wait. */
  public void start() {
    thread.start();
  }

  private void keep() {
    SchemaInstaller ours = installer;
    if (ours == null) {
      return;
    }
    try {
      while (true) {
        Thread.sleep(install(ours) ? LOOK_AGAIN : RETRY);
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private boolean install(SchemaInstaller ours) {
    try {
      ours.install();
    } catch (SchemaException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problem) && !thread.isInterrupted()) {
        LOG.warn("{}; it is tried again", message);
      }
      problem = message;
      return false;
    }
    if (!wasInstalled || problem != null) {
      LOG.info("QuestDB at {} has all tables and views", questDb == null ? "" : questDb.url());
    }
    wasInstalled = true;
    problem = null;
    return true;
  }

  void stop() {
    thread.interrupt();
  }
}
