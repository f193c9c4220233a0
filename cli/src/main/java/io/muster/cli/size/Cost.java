package io.muster.cli.size;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.text.Table;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.Words;
import java.util.List;

/**
 * What a fleet's rows take.
 *
 * @param days how long rows are kept
 * @param hourlyDays how long hours are kept
 */
record Cost(List<Fleet> fleets, int days, int hourlyDays) {
  Cost {
    if (days < 1 || hourlyDays < 1) {
      throw new UsageException("Rows and hours are kept for a day or more.");
    }
    fleets = List.copyOf(fleets);
  }

  long rowsADay(Written table) {
    return fleets.stream().mapToLong(table::rowsADay).sum();
  }

  long bytesADay(Written table) {
    return rowsADay(table) * table.bytes();
  }

  /** QuestDB drops whole days, so one more is there. */
  long bytesKept(Written table) {
    return bytesADay(table) * (daysKept(table) + 1);
  }

  int daysKept(Written table) {
    return table.isHourly() ? hourlyDays : days;
  }

  long rowsADay() {
    return Written.ALL.stream().mapToLong(this::rowsADay).sum();
  }

  long bytesADay() {
    return Written.ALL.stream().mapToLong(this::bytesADay).sum();
  }

  long bytesKept() {
    return Written.ALL.stream().mapToLong(this::bytesKept).sum();
  }

  Table table() {
    var table = new Table("TABLE", "ROWS A DAY", "A DAY", "KEPT", "ON DISK");
    for (var written : Written.ALL) {
      if (rowsADay(written) > 0) {
        table.add(
            written.table(),
            Words.number(rowsADay(written)),
            Words.bytes(bytesADay(written)),
            daysKept(written) + " d",
            Words.bytes(bytesKept(written)));
      }
    }
    return table;
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    var tables = json.putArray("tables");
    for (var written : Written.ALL) {
      tables
          .addObject()
          .put("table", written.table())
          .put("rowsPerDay", rowsADay(written))
          .put("bytesPerRow", written.bytes())
          .put("bytesPerDay", bytesADay(written))
          .put("daysKept", daysKept(written))
          .put("bytesOnDisk", bytesKept(written));
    }
    return json.put("rowsPerDay", rowsADay())
        .put("bytesPerDay", bytesADay())
        .put("bytesOnDisk", bytesKept());
  }
}
