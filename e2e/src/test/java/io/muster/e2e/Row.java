package io.muster.e2e;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of an answer.
 *
 * @param cells every value as text by column name, null where it is unknown
 */
public record Row(Map<String, @Nullable String> cells) {
  public String text(String column) {
    return Objects.requireNonNull(cells.get(column), column);
  }

  public double number(String column) {
    return Double.parseDouble(text(column));
  }
}
