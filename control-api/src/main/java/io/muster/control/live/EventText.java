package io.muster.control.live;

import io.micronaut.serde.ObjectMapper;
import io.muster.control.link.AgentNews;
import io.muster.control.server.OwnedServer;
import io.muster.control.server.ServerEdited;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.VmStatusChange;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Events as Server-Sent Events have them. An id is good for the process that gave it. */
@Singleton
final class EventText {
  /** A reader whose connection broke comes back after so long. */
  private static final int RETRY_MS = 2_000;

  /** Enough that two starts of the program don't share one. */
  private static final int RUN_BYTES = 4;

  private final ObjectMapper json;
  private final String run;

  EventText(ObjectMapper json) {
    this.json = json;
    byte[] random = new byte[RUN_BYTES];
    new SecureRandom().nextBytes(random);
    run = HexFormat.of().formatHex(random);
  }

  Frame frame(long number, LiveEvent event) {
    byte[] text = text(number, name(event), view(event));
    byte[] brief =
        switch (event) {
          case LiveEvent.OfServer(OwnedServer server, ServerStatusChange change) ->
              text(
                  number,
                  name(event),
                  brief(server, change.connection().label(), change.at(), null));
          case LiveEvent.OfEdit(ServerEdited edit) ->
              text(
                  number,
                  name(event),
                  brief(edit.server(), edit.status(), edit.at(), edit.previousName()));
          case LiveEvent.OfVm _, LiveEvent.OfAction _, LiveEvent.OfAgent _ -> text;
        };
    return new Frame(number, event, text, brief);
  }

  byte[] reset(long number, Reset reset) {
    return text(number, "reset", reset.view());
  }

  /** The first words: so a reader has an id before anything happens. */
  byte[] greeting(long number) {
    return bytes("retry: %d\nid: %s\n: welcome\n\n".formatted(RETRY_MS, id(number)));
  }

  /** Says that the stream lives, and that nothing is missed up to here. */
  byte[] heartbeat(long number) {
    return bytes("id: %s\n:\n\n".formatted(id(number)));
  }

  /** What {@link #id} was made of; empty when it is not of this process, or no id. */
  OptionalLong number(String id) {
    String start = run + "-";
    try {
      return id.startsWith(start)
          ? OptionalLong.of(Long.parseLong(id.substring(start.length())))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private String id(long number) {
    return run + "-" + number;
  }

  private byte[] text(long number, String name, Object view) {
    try {
      // JSON is one line.
      return bytes(
          "id: %s\nevent: %s\ndata: %s\n\n"
              .formatted(id(number), name, json.writeValueAsString(view)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write an event " + name, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String name(LiveEvent event) {
    return switch (event) {
      case LiveEvent.OfServer _, LiveEvent.OfEdit _ -> "server-status";
      case LiveEvent.OfVm _ -> "vm-status";
      case LiveEvent.OfAction _ -> "action";
      case LiveEvent.OfAgent _ -> "agent";
    };
  }

  private static Object view(LiveEvent event) {
    return switch (event) {
      case LiveEvent.OfServer(OwnedServer server, ServerStatusChange change) ->
          new Views.ServerStatus(
              server.id(),
              server.name(),
              change.connection().label(),
              change.at(),
              change.failure() == null ? null : change.failure().name(),
              change.error(),
              change.lastConnectedAt(),
              change.breaker(),
              change.nodeCount(),
              change.version(),
              null);
      case LiveEvent.OfEdit(ServerEdited edit) -> view(edit);
      case LiveEvent.OfVm(OwnedServer server, VmStatusChange change) ->
          new Views.VmStatus(
              server.id(),
              server.name(),
              change.vm(),
              change.name(),
              change.group(),
              change.node(),
              change.status(),
              change.at());
      case LiveEvent.OfAction action -> view(action);
      case LiveEvent.OfAgent(AgentNews news) ->
          new Views.Agent(
              news.siteName(),
              news.state().label(),
              news.at(),
              news.agent(),
              news.version(),
              news.reason());
    };
  }

  private static Views.ServerStatus view(ServerEdited edit) {
    return new Views.ServerStatus(
        edit.server().id(),
        edit.server().name(),
        edit.status(),
        edit.at(),
        null,
        edit.error(),
        edit.lastConnectedAt(),
        null,
        edit.nodeCount(),
        edit.version(),
        edit.previousName());
  }

  private static Views.Action view(LiveEvent.OfAction event) {
    ActionNews news = event.news();
    return new Views.Action(
        news.id(),
        event.server().id(),
        event.server().name(),
        news.vm(),
        news.action(),
        news.status(),
        news.who(),
        news.at(),
        news.error());
  }

  /** An error may name hosts. */
  private static Views.ServerStatus brief(
      OwnedServer server, String status, Instant at, @Nullable String previousName) {
    return new Views.ServerStatus(
        server.id(), server.name(), status, at, null, null, null, null, null, null, previousName);
  }
}
