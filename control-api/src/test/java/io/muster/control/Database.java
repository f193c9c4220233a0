package io.muster.control;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The databases that people run. */
public enum Database {
  H2 {
    @Override
    Map<String, String> variables(Path folder) {
      return Map.of();
    }
  },
  POSTGRESQL {
    @Override
    Map<String, String> variables(Path folder) {
      return Map.of(
          "DATABASE_URL",
          "jdbc:postgresql://127.0.0.1:" + PostgreSql.SERVER.getPort() + "/postgres",
          "DATABASE_USER",
          "postgres");
    }
  };

  /** What makes a control API use it. */
  abstract Map<String, String> variables(Path folder);

  /** Started when first asked for; ends with the tests' process. */
  private static final class PostgreSql {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        // Nobody pulls its plug: it need not wait for the disk at each commit.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot start a PostgreSQL for the tests", e);
      }
    }
  }
}
