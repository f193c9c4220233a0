package io.muster.e2e.grafana;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A panel's SQL, asked as a user with certain choices would.
 *
 * @param choices by variable; what is not in it is "All", or the variable's default
 */
record Panel(
    Reader reader,
    Dashboard dashboard,
    String title,
    Range range,
    Map<String, List<String>> choices) {

  Panel with(String variable, String... values) {
    var more = new LinkedHashMap<>(choices);
    more.put(variable, List.of(values));
    return new Panel(reader, dashboard, title, range, more);
  }

  Panel over(Range other) {
    return new Panel(reader, dashboard, title, other, choices);
  }

  Answer ask(String refId) throws SQLException {
    var chosen = new LinkedHashMap<>(new Choices(reader, dashboard, range).all());
    chosen.putAll(choices);
    return reader.ask(Macros.expand(dashboard.query(title, refId).sql(), range, "1m", chosen));
  }

  Answer ask() throws SQLException {
    return ask("A");
  }
}
