package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * QuestDB as a process of its own, ready when {@code start} returns. Closing it, or the end of this
 * JVM, ends it.
 *
 * <p>The server's jar is {@code questdb/questdb.jar} beside this class's folder or jar (where the
 * build puts it), or the file that the system property {@value #JAR_PROPERTY} names.
 */
public final class QuestDbProcess implements AutoCloseable {
  /** The path of another QuestDB jar. */
  public static final String JAR_PROPERTY = "muster.questdb.jar";

  /** It takes 2 s; a machine busy with builds may need many times that. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  /** Between our look at a port and QuestDB's taking it somebody else can take it. */
  private static final int ATTEMPTS_WITH_FREE_PORTS = 3;

  private final QuestDbSettings settings;
  private ManagedProcess process;

  private QuestDbProcess(QuestDbSettings settings, ManagedProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /** With everything chosen for the caller. Blocks until it is ready. */
  public static QuestDbProcess start(Path folder) {
    return start(QuestDbSettings.inFolder(folder));
  }

  /**
   * Blocks until it is ready.
   *
   * @throws StartException with its last log lines when it does not become ready
   */
  public static QuestDbProcess start(QuestDbSettings settings) {
    return start(settings, started -> {});
  }

  /** {@code onStarted} hears of the process before it is ready. */
  static QuestDbProcess start(QuestDbSettings settings, Consumer<ManagedProcess> onStarted) {
    var anyPort = settings.httpPort() == 0 || settings.pgPort() == 0;
    for (var attempt = 1; ; attempt++) {
      var fixed = withFreePorts(settings);
      try {
        return new QuestDbProcess(fixed, launch(fixed, onStarted));
      } catch (StartException failed) {
        if (!anyPort || !lostItsPort(failed) || attempt == ATTEMPTS_WITH_FREE_PORTS) {
          throw failed;
        }
      }
    }
  }

  /** Whether it ended because another program has a port that was free when it was chosen. */
  static boolean lostItsPort(StartException failed) {
    return String.valueOf(failed.getMessage()).contains("could not bind socket");
  }

  /** {@code http://host:port}, without a slash at the end. */
  public URI httpUrl() {
    return httpUrl(settings);
  }

  /** {@code host:port} of the PostgreSQL wire. */
  public String pgAddress() {
    return reachableHost(settings) + ":" + settings.pgPort();
  }

  /** The database is always called {@code qdb}. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + pgAddress() + "/qdb";
  }

  /** The settings in force, with the ports that were taken. */
  public QuestDbSettings settings() {
    return settings;
  }

  public String user() {
    return settings.user();
  }

  public Secret password() {
    return settings.password();
  }

  public String readOnlyUser() {
    return settings.readOnlyUser();
  }

  public Secret readOnlyPassword() {
    return settings.readOnlyPassword();
  }

  public ManagedProcess process() {
    return process;
  }

  /**
   * Runs one statement over HTTP and gives QuestDB's JSON answer.
   *
   * @throws IOException when it cannot be reached or refuses, with its own words
   */
  public String execute(String sql) throws IOException {
    return http(settings).execute(sql);
  }

  /** SIGTERM: it closes its tables. Blocks until it is gone. */
  public void stop() {
    process.stop(ManagedProcess.STOP_PATIENCE);
  }

  /** SIGKILL, as a crash would be. Blocks until it is gone. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same ports and folder, after ending it when it still runs. */
  public void restart() {
    stop();
    process = launch(settings, started -> {});
  }

  @Override
  public void close() {
    process.close();
  }

  private static ManagedProcess launch(
      QuestDbSettings settings, Consumer<ManagedProcess> onStarted) {
    ManagedProcess process;
    try {
      process = ManagedProcess.start(spec(settings));
    } catch (IOException failed) {
      throw new StartException("Cannot start QuestDB: " + failed.getMessage(), failed);
    }
    try {
      onStarted.accept(process);
      Readiness.await(
          process,
          START_PATIENCE,
          "no answer from %s and port %d".formatted(httpUrl(settings), settings.pgPort()),
          () -> isReady(settings));
      return process;
    } catch (RuntimeException failed) {
      process.kill();
      throw failed;
    }
  }

  private static ProcessSpec spec(QuestDbSettings settings) throws IOException {
    var folder = settings.folder().toAbsolutePath();
    String[] arguments = {
      "-Djava.io.tmpdir=" + nativeLibraryFolder(folder),
      "-cp",
      jar().toString(),
      "io.questdb.ServerMain",
      "-d",
      folder.toString()
    };
    var command =
        settings.isLean()
            ? JavaCommand.small(settings.heapMegabytes(), arguments)
            : JavaCommand.large(settings.heapMegabytes(), arguments);
    return new ProcessSpec(
        "QuestDB", command, environment(settings), List.of("QDB_"), folder, settings.log());
  }

  /**
   * Where it unpacks its native library. When it is killed the library stays: so not in the
   * system's folder.
   */
  private static Path nativeLibraryFolder(Path folder) throws IOException {
    var natives = Files.createDirectories(folder.resolve("native"));
    try (var leftovers = Files.newDirectoryStream(natives, "libquestdb*")) {
      for (var leftover : leftovers) {
        Files.delete(leftover);
      }
    }
    return natives;
  }

  private static Map<String, String> environment(QuestDbSettings settings) {
    var environment =
        new HashMap<>(settings.isLean() ? LeanQuestDb.ENVIRONMENT : LeanQuestDb.QUIET);
    environment.put("QDB_HTTP_BIND_TO", settings.bindAddress() + ":" + settings.httpPort());
    environment.put("QDB_HTTP_USER", settings.user());
    environment.put("QDB_HTTP_PASSWORD", settings.password().reveal());
    environment.put("QDB_PG_NET_BIND_TO", settings.bindAddress() + ":" + settings.pgPort());
    environment.put("QDB_PG_USER", settings.user());
    environment.put("QDB_PG_PASSWORD", settings.password().reveal());
    environment.put("QDB_PG_READONLY_USER_ENABLED", "true");
    environment.put("QDB_PG_READONLY_USER", settings.readOnlyUser());
    environment.put("QDB_PG_READONLY_PASSWORD", settings.readOnlyPassword().reveal());
    return environment;
  }

  private static QuestDbSettings withFreePorts(QuestDbSettings settings) {
    var free = Ports.free(settings.bindAddress(), 2);
    return settings.withPorts(
        settings.httpPort() == 0 ? free.get(0) : settings.httpPort(),
        settings.pgPort() == 0 ? free.get(1) : settings.pgPort());
  }

  private static boolean isReady(QuestDbSettings settings) {
    var pg = new InetSocketAddress(reachableHost(settings), settings.pgPort());
    if (!Readiness.isPortOpen(pg)) {
      return false;
    }
    try {
      http(settings).execute("SELECT 1");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static QuestDbHttp http(QuestDbSettings settings) {
    return new QuestDbHttp(httpUrl(settings), settings.user(), settings.password());
  }

  private static URI httpUrl(QuestDbSettings settings) {
    return URI.create("http://" + reachableHost(settings) + ":" + settings.httpPort());
  }

  /** Where a client on this machine reaches it. */
  private static String reachableHost(QuestDbSettings settings) {
    return Ports.reachableHost(settings.bindAddress());
  }

  private static Path jar() {
    var given = System.getProperty(JAR_PROPERTY);
    if (given != null && !given.isBlank()) {
      return existing(Path.of(given), "the system property " + JAR_PROPERTY);
    }
    try {
      var code = QuestDbProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      var jar = Path.of(code).resolveSibling("questdb").resolve("questdb.jar");
      return existing(jar, "the build (./mvnw package)");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("The place of this class is no path", impossible);
    }
  }

  private static Path existing(Path jar, String origin) {
    if (!Files.isRegularFile(jar)) {
      throw new StartException(
          "Cannot start QuestDB: no jar at %s, where %s has it".formatted(jar, origin));
    }
    return jar.toAbsolutePath();
  }
}
