package io.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private static final String LONG = "a-name-that-somebody-once-thought-to-be-a-good-idea-for-all";

  @Test
  void lines_areAsWideAsTheirCells_whereNobodyLimitsThem() {
    var table = new Table("NAME", "STATUS").add(LONG, "online").add("b", "offline");
    assertThat(table.lines())
        .containsExactly(
            "NAME" + " ".repeat(LONG.length() - 4 + 2) + "STATUS",
            LONG + "  online",
            "b" + " ".repeat(LONG.length() - 1 + 2) + "offline");
  }

  @Test
  void lines_fitATerminal_andTheWidestColumnGivesWay() {
    var table = new Table("NAME", "STATUS", "SITE").add(LONG, "online", "berlin");
    table.note("no route to the host, which is odd, since it was there a moment ago and answered");
    assertThat(table.lines(40)).allMatch(line -> line.length() <= 40);
    assertThat(table.lines(40).get(1)).contains("…").endsWith("online  berlin");
    assertThat(String.join(" ", table.lines(40))).contains("a moment ago");
  }

  @Test
  void lines_wrapRatherThanTellNothing() {
    var table = new Table("NAME", "STATUS").add("1234567890", "1234567890");
    assertThat(table.lines(5).get(1)).isEqualTo("1234567…  1234567…");
  }
}
