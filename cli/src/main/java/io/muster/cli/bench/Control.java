package io.muster.cli.bench;

import io.muster.cli.api.ControlAddress;
import io.muster.cli.local.Http;
import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.Ports;
import io.muster.cli.local.PrivateFiles;
import io.muster.cli.local.ProcessSpec;
import io.muster.cli.local.QuestDbProcess;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** A running control API with a database in a file. */
record Control(ManagedProcess process, ControlAddress address, URI health) implements Running {
  static final String ADMINISTRATOR = "admin";

  /** Of an installation that listens on loopback for minutes. */
  static final Secret PASSWORD = new Secret("measured-and-thrown-away-7");

  /**
   * Runs its program over what is in the folder, and does not wait for anything.
   *
   * @param questDb which it reads
   */
  static Control start(Path folder, QuestDbProcess questDb, List<String> command)
      throws IOException {
    var ports = Ports.free("127.0.0.1", 2);
    var data = Files.createDirectories(folder.resolve("data"));
    var password = folder.resolve("admin-password");
    PrivateFiles.write(password, PASSWORD.reveal());
    var environment = new HashMap<String, String>();
    environment.put("PORT", String.valueOf(ports.getFirst()));
    environment.put("MUSTER_MANAGEMENT_PORT", String.valueOf(ports.getLast()));
    environment.put("MUSTER_DATA", data.toString());
    environment.put("MUSTER_ADMIN_PASSWORD_FILE", password.toString());
    environment.put("QUESTDB_URL", questDb.httpUrl().toString());
    environment.put("QUESTDB_USER", questDb.user());
    environment.put("QUESTDB_PASSWORD", questDb.password().reveal());
    environment.put("QUESTDB_PG", questDb.pgAddress());
    environment.put("QUESTDB_READONLY_USER", questDb.readOnlyUser());
    environment.put("QUESTDB_READONLY_PASSWORD", questDb.readOnlyPassword().reveal());
    // Rows of a month are written at once, the hourly views follow.
    environment.put("MUSTER_RETENTION_DAYS", String.valueOf(SeededRows.DAYS + 10));
    var spec =
        new ProcessSpec(
            "the control API",
            command,
            environment,
            List.of("MUSTER_", "DATABASE_", "QUESTDB_"),
            folder,
            folder.resolve("control.log"));
    var host = "http://127.0.0.1:";
    return new Control(
        ManagedProcess.start(spec),
        ControlAddress.of(host + ports.getFirst(), false),
        URI.create(host + ports.getLast() + "/health/readiness"));
  }

  /** Whether it answers, with its database. */
  @Override
  public boolean isReady() {
    return !Http.get(health).isEmpty();
  }
}
