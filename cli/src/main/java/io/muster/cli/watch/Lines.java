package io.muster.cli.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.ServerEvent;
import io.muster.cli.verb.Words;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A line for each event.
 *
 * @param line of an event
 * @param out takes what is printed, as it is
 * @param remarks takes sentences about the stream itself
 */
record Lines(Function<ServerEvent, String> line, Consumer<String> out, Consumer<String> remarks)
    implements Viewer {
  /** For people. */
  static String words(ServerEvent event) {
    var change = Change.of(event);
    return "%s  %s  %s".formatted(Words.exactly(change.at()), change.who(), change.what());
  }

  /** For scripts. */
  static String json(ServerEvent event) {
    var line = JsonNodeFactory.instance.objectNode();
    line.put("id", event.id()).put("event", event.kind()).set("data", event.data());
    return line.toString();
  }

  @Override
  public void listening(boolean again) {
    remarks.accept(again ? "The stream is there again." : "Waiting for changes. Ctrl-C ends it.");
  }

  @Override
  public void told(ServerEvent event) {
    out.accept(line.apply(event) + "\n");
  }

  @Override
  public void lost(String why, Duration pause) {
    remarks.accept(Streams.lost(why, pause));
  }

  @Override
  public void tick() {
    // Lines stay as they are.
  }
}
