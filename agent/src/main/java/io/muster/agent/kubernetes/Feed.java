package io.muster.agent.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.kubernetes.Shapes.BookmarkObject;
import io.muster.agent.kubernetes.Shapes.Meta;
import io.muster.agent.kubernetes.Shapes.Named;
import io.muster.agent.kubernetes.Shapes.StatusObject;
import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store of one kind of objects up to date: lists them once, page by page, then watches from
 * there; goes on from the last version when the watch ends, and lists anew when that is no longer
 * known.
 *
 * @param <J> an object as the API writes it
 * @param <T> what is kept of it
 */
final class Feed<J extends Named, T> implements AutoCloseable {
  /** As kubectl and client-go ask for. */
  static final int PAGE = 500;

  /** A page that takes longer is asked for anew, later. */
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(30);

  /** The API server sends a bookmark each minute: a watch silent for longer is dead. */
  static final Duration SILENCE_LIMIT = Duration.ofSeconds(90);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
  private static final Duration LOOK_AFTER_IT = Duration.ofSeconds(1);

  private final String name;
  private final String path;
  private final ObjectReader reader;
  private final Function<J, @Nullable T> maker;
  private final Store<T> store;
  private final ApiClient client;
  private final CallCounter calls;
  private final Duration silenceLimit;
  private final FeedHealth health;
  private final Thread thread;

  /** From where to watch; null = list first. The feed's threads follow each other. */
  private volatile @Nullable String version;

  private volatile @Nullable Body body;

  /**
   * @param name for people: {@code pods}
   * @param path with its selectors
   */
  Feed(
      String name,
      String path,
      Class<J> shape,
      Function<J, @Nullable T> maker,
      Store<T> store,
      ApiClient client,
      CallCounter calls) {
    this(name, path, shape, maker, store, client, calls, SILENCE_LIMIT);
  }

  Feed(
      String name,
      String path,
      Class<J> shape,
      Function<J, @Nullable T> maker,
      Store<T> store,
      ApiClient client,
      CallCounter calls,
      Duration silenceLimit) {
    this.silenceLimit = silenceLimit;
    this.name = name;
    this.path = path + (path.contains("?") ? "&" : "?");
    this.reader = Json.reader(shape);
    this.maker = maker;
    this.store = store;
    this.client = client;
    this.calls = calls;
    this.health = new FeedHealth(name);
    this.thread = Thread.ofVirtual().name("watch " + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  String name() {
    return name;
  }

  FeedHealth health() {
    return health;
  }

  /** Ends at once; nothing is stored any more once its thread has noticed. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          if (version == null) {
            version = list();
          }
          long began = System.nanoTime();
          watch();
          health.ended(Duration.ofNanos(System.nanoTime() - began));
        } catch (CallException e) {
          if (e.status() == CallException.GONE) {
            version = null;
          }
          health.failed(e);
        } catch (RuntimeException e) {
          health.failed(
              new CallException(
                  Failure.BUG, 0, "The agent failed inside at " + name + ": " + e, e));
        }
        health.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String list() throws CallException {
    List<T> all = new ArrayList<>();
    String next = null;
    Json.ListMeta meta;
    do {
      String page =
          path
              + "limit="
              + PAGE
              + (next == null
                  ? ""
                  : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
      meta =
          client.get(
              page,
              reply -> Json.<J>list(reply.body(), reader, object -> add(all, object)),
              Deadline.after(PAGE_LIMIT),
              calls);
      next = meta.next();
      health.listing(all.size());
    } while (next != null);
    store.listed(all);
    return meta.resourceVersion();
  }

  private void add(List<T> all, J object) {
    T made = maker.apply(object);
    if (made != null) {
      all.add(made);
    }
  }

  /** Returns when the server ends the watch, as it does every some minutes. */
  private void watch() throws CallException, InterruptedException {
    String from = path + "watch=1&allowWatchBookmarks=true&timeoutSeconds=" + health.watchSeconds();
    String asked = version == null ? from : from + "&resourceVersion=" + version;
    body = null;
    Future<Boolean> watching =
        Transport.THREADS.submit(() -> {
          client.watch(asked, this::follow, ANSWER_LIMIT, calls);
          return true;
        });
    try {
      while (!ended(watching)) {
        Body open = body;
        if (open != null && open.idleNanos() > silenceLimit.toNanos()) {
          throw new CallException(
              Failure.UNREACHABLE,
              0,
              "the watch of %s was silent for %d s".formatted(name, silenceLimit.toSeconds()),
              null);
        }
      }
    } finally {
      watching.cancel(true);
      health.closed();
    }
  }

  private static boolean ended(Future<?> watching) throws CallException, InterruptedException {
    try {
      watching.get(LOOK_AFTER_IT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CallException call) {
        throw call;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean follow(ApiClient.Reply reply) throws IOException, CallException {
    body = reply.body();
    health.opened();
    try (JsonParser parser = Json.stream(reply.body())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        Json.expect(parser, token, JsonToken.START_OBJECT);
        event(parser);
        reply.body().begin();
      }
    }
    return true;
  }

  private void event(JsonParser parser) throws IOException, CallException {
    String type = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("type")) {
        type = parser.getText();
      } else if (field.equals("object") && type != null) {
        take(type, parser);
      } else {
        parser.skipChildren();
      }
    }
    Json.expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
  }

  private void take(String type, JsonParser parser) throws IOException, CallException {
    switch (type) {
      case "ADDED", "MODIFIED" -> {
        J object = reader.readValue(parser);
        T made = maker.apply(object);
        if (made != null) {
          store.seen(made);
        }
        reached(object);
      }
      case "DELETED" -> {
        J object = reader.readValue(parser);
        T made = maker.apply(object);
        if (made != null) {
          store.deleted(made);
        }
        reached(object);
      }
      case "BOOKMARK" -> reached(Json.reader(BookmarkObject.class).readValue(parser));
      case "ERROR" -> {
        StatusObject status = Json.reader(StatusObject.class).readValue(parser);
        throw FailureClassifier.status(
            status.code() == null ? 0 : status.code(),
            "watch of " + name,
            status.message() == null ? "" : status.message());
      }
      default -> parser.skipChildren();
    }
  }

  private void reached(Named object) {
    Meta meta = object.metadata();
    if (meta != null && meta.resourceVersion() != null) {
      version = meta.resourceVersion();
    }
  }
}
