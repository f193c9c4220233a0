package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.store.Change;
import io.muster.simulator.kubernetes.store.CompactedException;
import io.muster.simulator.kubernetes.store.Revisions;
import io.muster.simulator.kubernetes.store.Store.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** One watch from its first event to its last. */
final class WatchRun<T extends KubeObject<T>> {
  /** As long as a watch lasts whose client does not say. */
  private static final long SECONDS = 2700;

  /** How soon it is seen that a client has gone when nothing happens. */
  private static final long LOOK_MILLIS = 500;

  private final Served<T> served;
  private final Request request;
  private final ResourcePath path;
  private final Watches watches;
  private final Revisions revisions;
  private final Predicate<T> chosen;
  private final boolean table;
  private final boolean bookmarks;
  private boolean headed;

  WatchRun(
      Served<T> served, Request request, ResourcePath path, Watches watches, Revisions revisions)
      throws ApiError {
    this.served = served;
    this.request = request;
    this.path = path;
    this.watches = watches;
    this.revisions = revisions;
    this.chosen = served.chosen(request, path);
    this.table = Tables.wanted(request);
    this.bookmarks = request.flag("allowWatchBookmarks");
    if (request.flag("sendInitialEvents")
        && !"NotOlderThan".equals(request.parameter("resourceVersionMatch"))) {
      throw ApiError.of(
          422,
          "Invalid",
          "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
              + " sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
  }

  void run(Exchange exchange) throws ApiError, IOException, InterruptedException {
    long from = from();
    long seconds = seconds();
    Watches.Open open = watches.begin(request, path, exchange);
    try {
      EventSink sink = EventSink.to(exchange, request);
      follow(from, seconds, open, exchange, sink);
      sink.end();
    } finally {
      watches.end(open);
    }
  }

  private long from() throws ApiError {
    String version = request.parameter("resourceVersion");
    try {
      return version == null || version.isEmpty() ? 0 : Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw ApiError.of(
          422,
          "Invalid",
          "resourceVersion: Invalid value: \"" + version + "\": invalid resource version");
    }
  }

  private long seconds() {
    String seconds = request.parameter("timeoutSeconds");
    return seconds == null || !seconds.matches("[1-9]\\d{0,6}") ? SECONDS : Long.parseLong(seconds);
  }

  private void follow(
      long asked, long seconds, Watches.Open open, Exchange exchange, EventSink sink)
      throws IOException, InterruptedException {
    long from = asked;
    boolean initial = request.flag("sendInitialEvents");
    if (asked == 0 || initial) {
      Snapshot<T> now =
          served.store().snapshot(path.namespace().isEmpty() ? null : path.namespace());
      for (T object : now.objects()) {
        if (chosen.test(object)) {
          send(sink, Change.ADDED, object);
        }
      }
      from = now.version();
      if (initial && bookmarks) {
        bookmark(sink, from, true);
      }
      sink.flush();
    }
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long nextBookmark = System.nanoTime() + watches.bookmarks().toNanos();
    while (exchange.isOpen() && System.nanoTime() < end) {
      if (open.isSilent()) {
        Thread.sleep(LOOK_MILLIS);
        continue;
      }
      long horizon = revisions.last();
      List<Change<T>> changes;
      try {
        changes = served.store().changesAfter(from, LOOK_MILLIS);
      } catch (CompactedException e) {
        gone(sink, asked, e.oldest());
        return;
      }
      for (Change<T> change : changes) {
        send(sink, change);
        from = change.version();
      }
      from = Math.max(from, horizon);
      if (bookmarks && System.nanoTime() > nextBookmark) {
        nextBookmark = System.nanoTime() + watches.bookmarks().toNanos();
        bookmark(sink, from, false);
      }
      sink.flush();
    }
    if (bookmarks && !open.isSilent()) {
      bookmark(sink, from, false);
    }
  }

  /** What is chosen changes too: what comes into sight is new, what goes out of it is gone. */
  private void send(EventSink sink, Change<T> change) throws IOException {
    T before = change.before();
    boolean was = before != null && chosen.test(before);
    boolean is = !change.type().equals(Change.DELETED) && chosen.test(change.object());
    if (is) {
      send(sink, was ? Change.MODIFIED : Change.ADDED, change.object());
    } else if (was) {
      send(sink, Change.DELETED, change.object());
    }
  }

  private void send(EventSink sink, String type, T object) throws IOException {
    ObjectNode shown =
        table
            ? Tables.of(
                served.kind(),
                List.of(object),
                String.valueOf(object.meta().version()),
                !headed,
                watches.clock().instant())
            : served.kind().whole(object);
    headed = true;
    event(sink, type, shown);
  }

  private void bookmark(EventSink sink, long version, boolean initialEventsEnd) throws IOException {
    event(sink, "BOOKMARK", served.bookmark(version, initialEventsEnd));
  }

  private static void gone(EventSink sink, long asked, long oldest) throws IOException {
    ApiError error = ApiError.expired("too old resource version: " + asked + " (" + oldest + ")");
    event(sink, "ERROR", error.status());
    sink.flush();
  }

  private static void event(EventSink sink, String type, ObjectNode object) throws IOException {
    ObjectNode event = Json.object();
    event.put("type", type).set("object", object);
    sink.event(Json.text(event));
  }
}
