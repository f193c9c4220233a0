package io.muster.control.paging;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param page its number, from 0
 * @param size how many a page holds at most
 * @param total how many there are in all pages
 */
@Serdeable
public record Page<T>(List<T> items, int page, int size, long total) {
  public Page {
    items = List.copyOf(items);
  }

  public static <T> Page<T> of(List<T> items, PageQuery query, long total) {
    return new Page<>(items, query.page(), query.size(), total);
  }

  /** One page out of a whole list. */
  public static <T> Page<T> cut(List<T> all, PageQuery query) {
    int from = (int) Math.min(query.offset(), all.size());
    int to = Math.min(from + query.size(), all.size());
    return of(all.subList(from, to), query, all.size());
  }

  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), page, size, total);
  }
}
