package io.muster.control;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.muster.control.crypto.PrivateFile;
import io.muster.control.database.DatabaseLock;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.DataFolderLock;
import io.muster.settings.PlainFailureException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;

/** What a verb works with: the data folder and the database for it alone, and the beans. */
final class ControlParts implements AutoCloseable {
  private final ControlSettings settings;
  private final DataFolderLock folder;
  private final DatabaseLock database;
  private final ApplicationContext context;

  private ControlParts(
      ControlSettings settings,
      DataFolderLock folder,
      DatabaseLock database,
      ApplicationContext context) {
    this.settings = settings;
    this.folder = folder;
    this.database = database;
    this.context = context;
  }

  /**
   * Takes folder and database, and brings the database up to date.
   *
   * @throws PlainFailureException when it can't, with what to do
   */
  static ControlParts start(ControlSettings settings, Map<String, Object> properties) {
    DataFolderLock folder = takeFolder(settings.dataFolder());
    DatabaseLock database;
    try {
      database = DatabaseLock.take(settings.database());
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .bootstrapEnvironment(false)
            .singletons(settings)
            .properties(properties)
            .build();
    ControlParts parts = new ControlParts(settings, folder, database, context);
    try {
      context.start();
      return parts;
    } catch (RuntimeException e) {
      parts.close();
      throw explained(settings, e);
    }
  }

  private static DataFolderLock takeFolder(Path folder) {
    try {
      PrivateFile.makeFolder(folder);
    } catch (IOException e) {
      throw new PlainFailureException("Cannot make the data folder " + folder + ": " + e, e);
    }
    return DataFolderLock.take(folder, "control API");
  }

  /**
   * A part that is made when it is first asked for.
   *
   * @throws PlainFailureException when it can't be, with what to do
   */
  <T> T bean(Class<T> type) {
    try {
      return context.getBean(type);
    } catch (BeanInstantiationException e) {
      throw explained(settings, e);
    }
  }

  ApplicationContext context() {
    return context;
  }

  void watchDatabase(Runnable whenTaken) {
    database.watch(whenTaken);
  }

  @Override
  public void close() {
    context.close();
    database.close();
    folder.close();
  }

  /** The same failure in words that say what to do, where we know them. */
  static RuntimeException explained(ControlSettings settings, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PlainFailureException plain) {
        return plain;
      }
      if (cause instanceof BindException) {
        return new PlainFailureException(
            "Cannot listen on %s:%d or %s:%d: %s. Set PORT or MUSTER_MANAGEMENT_PORT to a free port."
                .formatted(
                    settings.address(),
                    settings.port(),
                    settings.managementAddress(),
                    settings.managementPort(),
                    cause.getMessage()),
            failure);
      }
      if (String.valueOf(cause.getMessage()).contains("Database may be already in use")) {
        return new PlainFailureException(
            "Another program uses the database %s: there is one control API for each database. Stop it first."
                .formatted(settings.database().url()),
            failure);
      }
    }
    return failure;
  }
}
