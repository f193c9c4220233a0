package io.muster.agent.metrics;

import io.muster.agent.metrics.QuestDbSettings.Forwarder;
import io.muster.protocol.Secret;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.SchemaException;
import io.muster.schema.SchemaInstaller;
import io.questdb.client.Sender;
import io.questdb.client.cutlass.line.LineSenderException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Batches into QuestDB over HTTP, each acknowledged. A refused row costs itself alone. */
final class QuestDbSink implements RowSink {
  /** Longest wait for one answer: a busy QuestDB took 17 ms, one that checkpoints some seconds. */
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

  private static final Pattern STATUS = Pattern.compile("\\[http-status=(\\d{3})");

  private final QuestDbAddress address;
  private final @Nullable Forwarder forwarder;
  private final SchemaInstaller installer;
  private final Clock clock;
  private boolean installed;
  private @Nullable Sender sender;

  QuestDbSink(QuestDbSettings settings, SchemaInstaller installer, Clock clock) {
    this.address = settings.address();
    this.forwarder = settings.forwarder();
    this.installer = installer;
    this.clock = clock;
  }

  /**
   * Applies the schema first, also after QuestDB was away: rows for a table that is not there would
   * make QuestDB create one without keys and retention.
   */
  @Override
  public void open() throws UnavailableException {
    if (!installed && forwarder == null) {
      try {
        installer.install();
      } catch (SchemaException e) {
        throw new UnavailableException(String.valueOf(e.getMessage()), e);
      }
      installed = true;
    }
    if (sender == null) {
      sender = connect();
    }
  }

  @Override
  public Outcome send(List<? extends WritableRow> rows) throws UnavailableException {
    open();
    List<QuarantinedRow> refused = new ArrayList<>();
    deliver(rows, true, refused);
    return new Outcome(rows.size() - refused.size(), refused);
  }

  /**
   * Sends the rows; when QuestDB refuses them, their tables apart, then halves, down to the row.
   */
  private void deliver(
      List<? extends WritableRow> rows, boolean mixed, List<QuarantinedRow> refused)
      throws UnavailableException {
    String reason = flush(rows);
    if (reason == null) {
      return;
    }
    if (rows.size() == 1) {
      WritableRow row = rows.getFirst();
      refused.add(new QuarantinedRow(clock.instant(), row.tableName(), RowText.of(row), reason));
      return;
    }
    List<? extends List<? extends WritableRow>> tables = mixed ? byTable(rows) : List.of(rows);
    if (tables.size() > 1) {
      for (List<? extends WritableRow> table : tables) {
        deliver(table, false, refused);
      }
      return;
    }
    int half = rows.size() / 2;
    deliver(rows.subList(0, half), false, refused);
    deliver(rows.subList(half, rows.size()), false, refused);
  }

  private static List<List<WritableRow>> byTable(List<? extends WritableRow> rows) {
    Map<String, List<WritableRow>> tables = new LinkedHashMap<>();
    for (WritableRow row : rows) {
      tables.computeIfAbsent(row.tableName(), name -> new ArrayList<>()).add(row);
    }
    return List.copyOf(tables.values());
  }

  /** Null when acknowledged, else why the rows were refused. */
  private @Nullable String flush(List<? extends WritableRow> rows) throws UnavailableException {
    Sender to = sender == null ? connect() : sender;
    sender = to;
    boolean complete = false;
    try {
      for (WritableRow row : rows) {
        SenderCells.add(to, row);
      }
      complete = true;
      to.flush();
      return null;
    } catch (ArithmeticException e) {
      // A time that no column can hold.
      to.reset();
      return String.valueOf(e.getMessage());
    } catch (LineSenderException e) {
      to.reset();
      String message = String.valueOf(e.getMessage());
      if (!complete || isRowsFault(message)) {
        return message;
      }
      close();
      installed = false;
      throw new UnavailableException(explain(message), e);
    }
  }

  /** 400: a value does not fit; 413: too much at once. Anything else is no row's fault. */
  private static boolean isRowsFault(String message) {
    int status = status(message);
    return status == 400 || status == 413;
  }

  private static int status(String message) {
    Matcher matcher = STATUS.matcher(message);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private String explain(String message) {
    int status = status(message);
    String advice =
        status == 401 || status == 403
            ? forwarder == null
                ? "; check QUESTDB_USER and QUESTDB_PASSWORD"
                : "; check MUSTER_AGENT_TOKEN"
            : status == 404 || status == 405 ? "; is QUESTDB_URL the address of a QuestDB?" : "";
    return "Cannot write rows to QuestDB at " + address.url() + ": " + message + advice;
  }

  private Sender connect() throws UnavailableException {
    Sender.LineSenderBuilder builder =
        Sender.builder(Sender.Transport.HTTP)
            .address(address.url().getHost())
            .port(address.port())
            // Named, because otherwise building the client asks the server and fails without it;
            // 2 is what every QuestDB 9 takes.
            .protocolVersion(Sender.PROTOCOL_VERSION_V2)
            .disableAutoFlush()
            // Trying again is the writer's, which can be stopped and tells what it waits for.
            .retryTimeoutMillis(0)
            .httpTimeoutMillis(Math.toIntExact(REQUEST_TIMEOUT.toMillis()));
    if (address.tls()) {
      builder.enableTls();
    }
    if (forwarder != null) {
      builder.httpToken(forwarder.token().reveal());
      if (address.tls()) {
        trust(builder, forwarder.trustStore());
      }
    }
    String user = address.user();
    Secret password = address.password();
    if (user != null && password != null) {
      builder.httpUsernamePassword(user, password.reveal());
    }
    try {
      return builder.build();
    } catch (LineSenderException e) {
      throw new UnavailableException(explain(String.valueOf(e.getMessage())), e);
    }
  }

  private void trust(Sender.LineSenderBuilder builder, @Nullable TrustStoreFile store)
      throws UnavailableException {
    if (store == null) {
      return;
    }
    if (!store.exists()) {
      throw new UnavailableException(
          "Cannot write rows to " + address.url() + ": its certificate was not seen yet", null);
    }
    builder.advancedTls().customTrustStore(store.path(), TrustStoreFile.PASSWORD.toCharArray());
  }

  @Override
  public void close() {
    Sender closing = sender;
    sender = null;
    if (closing != null) {
      closing.reset();
      closing.close();
    }
  }
}
