package io.muster.control.paging;

import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.Sort;
import io.muster.control.problem.FieldProblem;
import io.muster.control.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Which page of a list is asked for. */
public record PageQuery(int page, int size) {
  /** What a page holds where nothing was asked. */
  public static final String DEFAULT_SIZE = "100";

  /** An answer stays below a few megabytes. */
  public static final int MAX_SIZE = 1000;

  /** A database counts its way to a page: this many rows are enough for any list of ours. */
  private static final int MAX_PAGE = 1_000_000;

  public PageQuery {
    List<FieldProblem> errors = new ArrayList<>();
    if (page < 0 || page > MAX_PAGE) {
      errors.add(new FieldProblem("page", "must be from 0 to " + MAX_PAGE));
    }
    if (size < 1 || size > MAX_SIZE) {
      errors.add(new FieldProblem("size", "must be from 1 to " + MAX_SIZE));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  public long offset() {
    return (long) page * size;
  }

  public Pageable sorted(Sort.Order... orders) {
    return Pageable.from(page, size, Sort.of(orders));
  }
}
