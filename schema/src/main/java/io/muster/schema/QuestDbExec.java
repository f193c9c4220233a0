package io.muster.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** SQL over QuestDB's {@code /exec}, as the user who may write. Blocks; from any thread. */
public final class QuestDbExec implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longest wait for one statement: the first compilation of a view took 0.5 s on a busy core. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration APPLY_POLL = Duration.ofMillis(50);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final QuestDbAddress questDb;
  private final Duration timeout;
  private final HttpClient client;

  public QuestDbExec(QuestDbAddress questDb) {
    this(questDb, STATEMENT_TIMEOUT);
  }

  /**
   * For somebody who waits for the answer.
   *
   * @param timeout of one statement
   */
  public QuestDbExec(QuestDbAddress questDb, Duration timeout) {
    this.questDb = questDb;
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  /** The statement was understood and refused. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Rows by column name; empty for a statement that returns none.
   *
   * @throws IOException when there was no answer, or one that is not QuestDB's
   * @throws RefusedException with QuestDB's words
   */
  public List<Map<String, JsonNode>> run(String sql) throws IOException, RefusedException {
    HttpResponse<String> response = send(request(sql));
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new IOException(
          "user or password is wrong ("
              + response.statusCode()
              + "); check QUESTDB_USER and"
              + " QUESTDB_PASSWORD");
    }
    JsonNode answer = parse(response);
    JsonNode error = answer.get("error");
    if (error != null) {
      throw new RefusedException(error.asText());
    }
    if (response.statusCode() != 200) {
      throw new IOException("answered with status " + response.statusCode());
    }
    return rows(answer);
  }

  /**
   * Waits until what was acknowledged can be read: rows and columns go through a log first.
   *
   * @return false when that takes longer than {@code patience}
   */
  public boolean awaitApplied(String table, Duration patience)
      throws IOException, RefusedException {
    long until = number("sequencerTxn", table);
    long end = System.nanoTime() + patience.toNanos();
    while (number("writerTxn", table) < until) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(APPLY_POLL.toNanos());
    }
    return true;
  }

  private long number(String column, String table) throws IOException, RefusedException {
    List<Map<String, JsonNode>> rows =
        run("SELECT " + column + " FROM wal_tables() WHERE name = '" + table + "'");
    JsonNode cell = rows.isEmpty() ? null : rows.getFirst().get(column);
    return cell == null ? 0 : cell.asLong();
  }

  private HttpRequest request(String sql) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
            URI.create(
                questDb.url().getScheme()
                    + "://"
                    + questDb.url().getHost()
                    + ":"
                    + questDb.port()
                    + "/exec?query="
                    + URLEncoder.encode(sql, StandardCharsets.UTF_8)));
    String user = questDb.user();
    Secret password = questDb.password();
    if (user != null && password != null) {
      byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return builder.build();
  }

  /** The request's own time-out ends at the headers, so this one is around the whole answer. */
  private HttpResponse<String> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? "failed" : describe(cause), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static JsonNode parse(HttpResponse<String> response) throws IOException {
    @Nullable JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "answered with status " + response.statusCode() + " and something that is not JSON", e);
    }
    if (answer == null || !answer.isObject()) {
      throw new IOException(
          "answered with status " + response.statusCode() + " and no JSON object");
    }
    return answer;
  }

  private static List<Map<String, JsonNode>> rows(JsonNode answer) {
    List<Map<String, JsonNode>> rows = new ArrayList<>();
    JsonNode columns = answer.path("columns");
    for (JsonNode cells : answer.path("dataset")) {
      Map<String, JsonNode> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(columns.path(i).path("name").asText(), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
