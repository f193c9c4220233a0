package io.muster.simulator.kubernetes.api;

import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The watches that are open. Safe for use by several threads. */
final class Watches {
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final InstantSource clock;
  private final Duration bookmarks;

  /**
   * @param bookmarks how often who wants to know is told how far things are
   */
  Watches(InstantSource clock, Duration bookmarks) {
    this.clock = clock;
    this.bookmarks = bookmarks;
  }

  InstantSource clock() {
    return clock;
  }

  Duration bookmarks() {
    return bookmarks;
  }

  /** One of them. */
  static final class Open {
    private final Request request;
    private final String pattern;
    private final Exchange exchange;
    private volatile boolean silent;

    private Open(Request request, String pattern, Exchange exchange) {
      this.request = request;
      this.pattern = pattern;
      this.exchange = exchange;
    }

    /** Whether nothing is to be sent any more although the connection stays. */
    boolean isSilent() {
      return silent;
    }
  }

  Open begin(Request request, ResourcePath path, Exchange exchange) {
    Open watch = new Open(request, path.pattern(), exchange);
    open.add(watch);
    return watch;
  }

  void end(Open watch) {
    open.remove(watch);
  }

  /** How many there are of each path. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    open.forEach(watch -> counts.merge(watch.pattern, 1, Integer::sum));
    return counts;
  }

  /**
   * Cuts those that are open.
   *
   * @param path which, or null for all
   * @param silently leaves the connection as it is and sends nothing any more
   */
  void cut(@Nullable Pattern path, boolean silently) {
    for (Open watch : open) {
      if (path == null || path.matcher(watch.request.path()).find()) {
        if (silently) {
          watch.silent = true;
        } else {
          watch.exchange.drop();
        }
      }
    }
  }
}
