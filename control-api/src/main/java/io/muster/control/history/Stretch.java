package io.muster.control.history;

import io.muster.control.rows.Row;
import io.muster.control.rows.RowReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one thing: of a step, or the newest.
 *
 * @param time null = there are no numbers
 * @param labels what they are of, beside the server
 */
record Stretch(
    @Nullable Instant time,
    UUID server,
    Map<String, String> labels,
    List<@Nullable Double> numbers) {
  Stretch {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    numbers = Collections.unmodifiableList(new ArrayList<>(numbers));
  }

  /** Reads {@code ts}, {@code server_id}, the labels' columns, and numbers called c0, c1 … */
  record Reader(List<Label> labels, int numbers) implements RowReader<Stretch> {
    Reader {
      labels = List.copyOf(labels);
    }

    static String column(int number) {
      return "c" + number;
    }

    @Override
    public Stretch read(Row row) throws SQLException {
      Map<String, String> of = new TreeMap<>();
      for (Label label : labels) {
        String name = row.text(label.column());
        if (name != null) {
          of.put(label.toString(), name);
        }
      }
      List<@Nullable Double> read = new ArrayList<>(numbers);
      for (int number = 0; number < numbers; number++) {
        Double value = row.number(column(number));
        read.add(value == null || value.isInfinite() ? null : value);
      }
      return new Stretch(row.time("ts"), row.id("server_id"), of, read);
    }
  }

  Instant knownTime() {
    return Objects.requireNonNull(time, "ts");
  }
}
