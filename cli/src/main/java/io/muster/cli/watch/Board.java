package io.muster.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.servers.Servers;
import io.muster.cli.verb.Words;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** What a live screen shows: servers, those in trouble first, and the last changes. */
final class Board {
  /** More than the tallest terminal shows. */
  private static final int CHANGES_KEPT = 200;

  /** Of all lines, servers take at most this part: the rest is for changes. */
  private static final double PART_OF_SERVERS = 0.6;

  private final String title;
  private final Deque<Change> changes = new ArrayDeque<>();
  private List<JsonNode> servers = List.of();
  private String summary = "";
  private String state = "";

  Board(String title) {
    this.title = title;
  }

  void add(Change change) {
    changes.addFirst(change);
    if (changes.size() > CHANGES_KEPT) {
      changes.removeLast();
    }
  }

  void servers(List<JsonNode> now) {
    servers =
        now.stream()
            .sorted(
                Comparator.comparing(Board::isWell).thenComparing(one -> one.path("name").asText()))
            .toList();
  }

  /** Counts in a sentence. */
  void summary(String now) {
    summary = now;
  }

  /** Of the stream: {@code live}. */
  void state(String now) {
    state = now;
  }

  /** Never more than {@code rows}, none longer than {@code columns}. */
  List<String> lines(int columns, int rows, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(title + "  " + Words.clock(now) + "  " + state);
    if (!summary.isEmpty()) {
      lines.add(summary);
    }
    lines.add("");
    lines.addAll(serverLines(columns, (int) (rows * PART_OF_SERVERS) - lines.size(), now));
    lines.add("");
    lines.add("CHANGES");
    changes.stream().limit(rows).map(Board::line).forEach(lines::add);
    if (changes.isEmpty()) {
      lines.add("none yet");
    }
    return lines.stream().limit(rows).map(line -> fitting(line, columns)).toList();
  }

  private List<String> serverLines(int columns, int room, Instant now) {
    for (var shown = servers.size(); shown > 0; shown--) {
      var lines = new ArrayList<>(Servers.table(servers.subList(0, shown), now).lines(columns));
      if (shown < servers.size()) {
        lines.add("… and " + Words.count(servers.size() - shown, "more server"));
      }
      if (lines.size() <= room) {
        return lines;
      }
    }
    return List.of(Words.count(servers.size(), "server"));
  }

  private static boolean isWell(JsonNode server) {
    return !List.of("offline", "unknown").contains(Servers.status(server));
  }

  private static String line(Change change) {
    return "%s  %s  %s".formatted(Words.clock(change.at()), change.who(), change.what());
  }

  private static String fitting(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
  }
}
