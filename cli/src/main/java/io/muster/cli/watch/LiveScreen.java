package io.muster.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.api.ControlException;
import io.muster.cli.api.ServerEvent;
import io.muster.cli.reads.Counts;
import io.muster.cli.servers.Servers;
import io.muster.cli.verb.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table in a terminal, drawn over itself. What changed is read anew, so it is what there is. */
final class LiveScreen implements Viewer {
  private static final String TOP = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_REST = "\u001b[J";

  /** Many changes at once cost one reading. */
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

  /** Counts and ages move also when nobody tells of a change. */
  private static final Duration LONGEST_WITHOUT_READING = Duration.ofSeconds(15);

  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(200);

  private final ControlApi api;
  private final @Nullable String server;
  private final Terminal terminal;
  private final Consumer<String> out;
  private final Board board;
  private boolean isOld = true;
  private boolean isReadable;
  private @Nullable Long readAt;
  private @Nullable Long drawnAt;

  /**
   * Draws nothing yet.
   *
   * @param server null = all
   * @param out takes what is printed, as it is
   */
  LiveScreen(ControlApi api, @Nullable String server, Terminal terminal, Consumer<String> out) {
    this.api = api;
    this.server = server;
    this.terminal = terminal;
    this.out = out;
    this.board = new Board(api.address() + (server == null ? "" : "  " + server));
  }

  @Override
  public void listening(boolean again) {
    board.state("live. Ctrl-C ends it.");
    isReadable = true;
    isOld = true;
    readAt = null;
    tick();
  }

  @Override
  public void told(ServerEvent event) {
    board.add(Change.of(event));
    isOld = true;
  }

  @Override
  public void lost(String why, Duration pause) {
    board.state(Streams.lost(why, pause));
    isReadable = false;
    drawnAt = null;
  }

  @Override
  public void tick() {
    if (isReadable && isOver(readAt, isOld ? BETWEEN_READINGS : LONGEST_WITHOUT_READING)) {
      read();
    }
    if (isOver(drawnAt, BETWEEN_DRAWINGS)) {
      draw();
    }
  }

  private void read() {
    try {
      board.servers(servers());
      board.summary(server == null ? Counts.sentence(api.send(Call.get("/status")).json()) : "");
      isOld = false;
    } catch (ControlException failed) {
      board.summary(String.valueOf(failed.getMessage()));
    }
    readAt = System.nanoTime();
  }

  private List<JsonNode> servers() {
    return server == null
        ? api.all(Servers.all()).valueStream().toList()
        : List.of(api.send(Call.get(Servers.path(server))).json());
  }

  private void draw() {
    var lines = board.lines(terminal.columns(), terminal.rows() - 1, terminal.clock().instant());
    var text = new StringBuilder(drawnAt == null ? CLEAR + TOP : TOP);
    lines.forEach(line -> text.append(line).append(CLEAR_LINE).append("\r\n"));
    out.accept(text.append(CLEAR_REST).toString());
    drawnAt = System.nanoTime();
  }

  /** Null = never. */
  private static boolean isOver(@Nullable Long since, Duration span) {
    return since == null || System.nanoTime() - since > span.toNanos();
  }
}
