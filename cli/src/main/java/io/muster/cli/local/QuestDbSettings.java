package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.nio.file.Path;

/**
 * How to run QuestDB on this machine.
 *
 * @param folder its data; made when missing
 * @param log its log file
 * @param bindAddress loopback, unless others shall reach it: it speaks no TLS
 * @param httpPort SQL and writing over HTTP; 0 takes a free one
 * @param pgPort SQL over the PostgreSQL wire; 0 takes a free one
 * @param user may everything, over HTTP and PG
 * @param password of {@code user}
 * @param readOnlyUser may only SELECT, over PG
 * @param readOnlyPassword of {@code readOnlyUser}
 * @param heapMegabytes below 96 it does not start
 */
public record QuestDbSettings(
    Path folder,
    Path log,
    String bindAddress,
    int httpPort,
    int pgPort,
    String user,
    Secret password,
    String readOnlyUser,
    Secret readOnlyPassword,
    int heapMegabytes) {
  /** Enough for the demo's thousand guests and for tests; it starts with 96. */
  static final int DEFAULT_HEAP_MEGABYTES = 160;

  /** Who gives this much has a machine for QuestDB, not room beside other programs. */
  private static final int ROOMY_HEAP_MEGABYTES = 1024;

  /**
   * Everything chosen: free ports on loopback, users {@code admin} and {@code reader}, random
   * passwords.
   */
  public static QuestDbSettings inFolder(Path folder) {
    return new QuestDbSettings(
        folder,
        folder.resolveSibling(folder.getFileName() + ".log"),
        "127.0.0.1",
        0,
        0,
        "admin",
        Passwords.random(),
        "reader",
        Passwords.random(),
        DEFAULT_HEAP_MEGABYTES);
  }

  public QuestDbSettings withUser(String name, Secret secret) {
    return new QuestDbSettings(
        folder,
        log,
        bindAddress,
        httpPort,
        pgPort,
        name,
        secret,
        readOnlyUser,
        readOnlyPassword,
        heapMegabytes);
  }

  public QuestDbSettings withPorts(int http, int pg) {
    return new QuestDbSettings(
        folder,
        log,
        bindAddress,
        http,
        pg,
        user,
        password,
        readOnlyUser,
        readOnlyPassword,
        heapMegabytes);
  }

  /** From 1 GB on QuestDB runs with its own settings and the JVM's, not with lean ones. */
  public QuestDbSettings withHeap(int megabytes) {
    return new QuestDbSettings(
        folder,
        log,
        bindAddress,
        httpPort,
        pgPort,
        user,
        password,
        readOnlyUser,
        readOnlyPassword,
        megabytes);
  }

  boolean isLean() {
    return heapMegabytes < ROOMY_HEAP_MEGABYTES;
  }
}
