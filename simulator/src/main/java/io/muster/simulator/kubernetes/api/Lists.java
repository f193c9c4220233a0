package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.store.Store.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists, whole or in pages of one moment. Safe for use by several threads. */
final class Lists {
  /** So many clients can page at a time; older pages expire, as by compaction. */
  private static final int SNAPSHOTS = 32;

  private static final String TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";

  private final InstantSource clock;
  private final Map<String, Snapshot<?>> kept = new LinkedHashMap<>();

  Lists(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A part of a list.
   *
   * @param next where the rest begins; empty: there is none
   * @param left how many there are in the rest, or null when that is not told
   */
  private record Page<T>(long version, List<T> objects, String next, @Nullable Integer left) {}

  /** Lets all pages expire that follow one that was read. */
  synchronized void expire() {
    kept.clear();
  }

  <T extends KubeObject<T>> void answer(
      Served<T> served, Request request, ResourcePath path, Exchange exchange)
      throws ApiError, IOException {
    Page<T> page = page(served, request, path);
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", String.valueOf(page.version()));
    if (!page.next().isEmpty()) {
      metadata.put("continue", page.next());
      if (page.left() != null) {
        metadata.put("remainingItemCount", page.left());
      }
    }
    Kind<T> kind = served.kind();
    if (Tables.wanted(request)) {
      ObjectNode table =
          Tables.of(kind, page.objects(), String.valueOf(page.version()), true, clock.instant());
      table.set("metadata", metadata);
      exchange.answer(Answer.json(200, Json.text(table)));
      return;
    }
    try (OutputStream out = exchange.stream(200, "application/json")) {
      text(
          out,
          "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":"
              .formatted(kind.names().kind(), kind.names().apiVersion()));
      text(out, Json.text(metadata));
      text(out, ",\"items\":[");
      boolean first = true;
      for (T object : page.objects()) {
        text(out, first ? "" : ",");
        text(out, Json.text(kind.item(object)));
        first = false;
      }
      text(out, "]}\n");
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private <T extends KubeObject<T>> Page<T> page(
      Served<T> served, Request request, ResourcePath path) throws ApiError {
    Predicate<T> chosen = served.chosen(request, path);
    int limit = number(request, "limit");
    String token = request.parameter("continue");
    String after = "";
    Snapshot<T> snapshot;
    if (token == null || token.isEmpty()) {
      snapshot = served.store().snapshot(path.namespace().isEmpty() ? null : path.namespace());
      exact(request, snapshot.version());
    } else {
      JsonNode from = decode(token);
      after = from.path("start").asText();
      snapshot = earlier(served, path, from.path("rv").asLong());
    }
    List<T> objects = new ArrayList<>();
    int left = 0;
    for (T object : snapshot.objects()) {
      if (object.meta().key().compareTo(after) > 0 && chosen.test(object)) {
        if (limit == 0 || objects.size() < limit) {
          objects.add(object);
        } else {
          left++;
        }
      }
    }
    if (left == 0) {
      return new Page<>(snapshot.version(), objects, "", null);
    }
    keep(served, path, snapshot);
    boolean selected =
        request.parameter("labelSelector") != null || request.parameter("fieldSelector") != null;
    return new Page<>(
        snapshot.version(),
        objects,
        encode(snapshot.version(), objects.getLast().meta().key()),
        selected ? null : left);
  }

  private static int number(Request request, String name) throws ApiError {
    String value = request.parameter(name);
    try {
      return value == null || value.isEmpty() ? 0 : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw ApiError.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
    }
  }

  /** Only the present can be had without a token. */
  private static void exact(Request request, long version) throws ApiError {
    if ("Exact".equals(request.parameter("resourceVersionMatch"))
        && !String.valueOf(version).equals(request.parameter("resourceVersion"))) {
      throw ApiError.expired("The resourceVersion for the provided list is too old.");
    }
  }

  private static String key(Served<?> served, ResourcePath path, long version) {
    return served.kind().names().qualified() + " " + path.namespace() + " " + version;
  }

  private synchronized void keep(Served<?> served, ResourcePath path, Snapshot<?> snapshot) {
    kept.putIfAbsent(key(served, path, snapshot.version()), snapshot);
    if (kept.size() > SNAPSHOTS) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  @SuppressWarnings("unchecked") // The key names the kind.
  private synchronized <T extends KubeObject<T>> Snapshot<T> earlier(
      Served<T> served, ResourcePath path, long version) throws ApiError {
    Snapshot<?> snapshot = kept.get(key(served, path, version));
    if (snapshot == null) {
      throw ApiError.expired(TOO_OLD);
    }
    return (Snapshot<T>) snapshot;
  }

  private static String encode(long version, String start) {
    ObjectNode token = Json.object();
    token.put("v", "meta.k8s.io/v1").put("rv", version).put("start", start);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.text(token).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode decode(String token) throws ApiError {
    try {
      return Json.read(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("continue key is not valid: " + e.getMessage());
    }
  }
}
