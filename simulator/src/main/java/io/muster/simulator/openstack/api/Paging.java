package io.muster.simulator.openstack.api;

import io.muster.simulator.openstack.model.Refusal;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the marker of the page after it, or null at the end
 */
public record Paging<T>(List<T> rows, @Nullable String next) {
  public Paging {
    rows = List.copyOf(rows);
  }

  /**
   * The page that was asked for.
   *
   * @param most rows that any page has, whatever was asked for
   */
  public static <T> Paging<T> of(Call call, List<T> all, Function<T, String> id, int most) {
    int first = 0;
    String marker = call.query("marker");
    if (marker != null) {
      first = 1 + indexOf(all, id, marker);
    }
    int limit = Math.min(limit(call, most), most);
    int end = Math.min(all.size(), first + limit);
    // Nova names a next page whenever this one is full: the last page may be empty.
    boolean full = limit > 0 && end - first == limit;
    return new Paging<>(all.subList(first, end), full ? id.apply(all.get(end - 1)) : null);
  }

  private static <T> int indexOf(List<T> all, Function<T, String> id, String marker) {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(marker)) {
        return i;
      }
    }
    throw new Refusal(400, "marker [" + marker + "] not found");
  }

  private static int limit(Call call, int otherwise) {
    String limit = call.query("limit");
    if (limit == null || limit.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(limit);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      Refusal refusal = wrongLimit(limit);
      refusal.initCause(e);
      throw refusal;
    }
    throw wrongLimit(limit);
  }

  private static Refusal wrongLimit(String limit) {
    return new Refusal(
        400,
        "Invalid input for query parameters limit. Value: %s. '%s' does not match '^[0-9]*$'"
            .formatted(limit, limit));
  }

  /** The query of the next page. */
  public static String query(Call call, String marker) {
    QueryStringEncoder query = new QueryStringEncoder("");
    for (Map.Entry<String, List<String>> entry : call.request().query().entrySet()) {
      if (!entry.getKey().equals("marker")) {
        entry.getValue().forEach(value -> query.addParam(entry.getKey(), value));
      }
    }
    query.addParam("marker", marker);
    return query.toString();
  }
}
