package io.muster.control.rows;

import static io.muster.control.TestQuestDb.cells;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.control.Cable;
import io.muster.control.TestQuestDb;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.Variables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** At a real QuestDB. */
class RowsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private final TestQuestDb questDb = TestQuestDb.shared();
  private final UUID server = UUID.randomUUID();

  private static QuestDb reading(Map<String, String> variables) {
    return new QuestDb(ControlSettings.read(Variables.of(variables)));
  }

  private record Sample(
      UUID server,
      Instant at,
      @Nullable Double cpu,
      @Nullable Long memory,
      @Nullable Integer seconds,
      @Nullable String source) {}

  private static final RowReader<Sample> SAMPLES =
      row ->
          new Sample(
              row.id("server_id"),
              Objects.requireNonNull(row.time("ts")),
              row.number("cpu_usage_ratio"),
              row.whole("memory_used_bytes"),
              row.count("sample_seconds"),
              row.text("memory_source"));

  @Test
  void cells_areWhatWasWrittenAndUnknownIsNull() {
    questDb.insert(
        "vm_metrics",
        cells("ts", now, "server_id", server, "vm_id", "qemu:1", "sample_seconds", 10),
        cells(
            "ts",
            now.plusSeconds(1),
            "server_id",
            server,
            "vm_id",
            "qemu:1",
            "cpu_usage_ratio",
            0.25,
            "memory_used_bytes",
            1L << 40,
            "memory_source",
            "host"));
    Sql sql =
        Sql.of("SELECT * FROM vm_metrics WHERE server_id = ? AND ts >= ?", server, now)
            .then(" ORDER BY ts");
    QuestDb reader = reading(questDb.variables());
    try {
      // The driver changes to binary answers after some rounds.
      for (int round = 0; round < 8; round++) {
        assertThat(reader.read(sql, SAMPLES))
            .containsExactly(
                new Sample(server, now, null, null, 10, null),
                new Sample(server, now.plusSeconds(1), 0.25, 1L << 40, null, "host"));
      }
    } finally {
      reader.close();
    }
  }

  @Test
  void lists_areReadAsListsAndBoundsAreBound() {
    questDb.insert(
        "vm_states",
        cells(
            "ts",
            now,
            "server_id",
            server,
            "vm_id",
            "qemu:1",
            "tags",
            List.of("a", "b"),
            "template",
            "no"),
        cells("ts", now, "server_id", server, "vm_id", "qemu:2", "tags", List.of()),
        cells("ts", now, "server_id", server, "vm_id", "qemu:3"));
    QuestDb reader = reading(questDb.variables());
    try {
      RowReader<String> tags = row -> row.name("vm_id") + row.list("tags");
      List<UUID> many =
          Stream.concat(Stream.of(server), Stream.generate(UUID::randomUUID).limit(999)).toList();
      Sql sql =
          Sql.of("SELECT vm_id, tags FROM vm_states WHERE server_id IN ")
              .then(Sql.list(many))
              .then(" AND vm_id != ? ORDER BY vm_id", "x'; DROP TABLE vm_states");
      assertThat(reader.read(sql, tags)).containsExactly("qemu:1[a, b]", "qemu:2[]", "qemu:3null");
      Sql none =
          Sql.of("SELECT vm_id, tags FROM vm_states WHERE server_id IN ").then(Sql.list(List.of()));
      assertThat(reader.read(none, tags)).isEmpty();
      assertThatThrownBy(() -> reader.read(Sql.of("DROP TABLE vm_states"), tags))
          .isInstanceOf(HistoryUnavailableException.class);
      assertThat(reader.read(sql, tags)).hasSize(3);
    } finally {
      reader.close();
    }
  }

  @Test
  void questDbAway_isToldSoonAndReadAgainWhenItIsBack() throws IOException {
    Sql one = Sql.of("SELECT 'x' AS x FROM long_sequence(1)");
    RowReader<String> text = row -> row.name("x");
    try (Cable cable = new Cable(questDb.process().pgAddress())) {
      QuestDb reader = reading(questDb.variables(cable.address()));
      try {
        assertThat(reader.read(one, text)).containsExactly("x");
        cable.cut();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> reader.read(one, text))
            .isInstanceOf(HistoryUnavailableException.class)
            .hasMessageNotContaining("127.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        cable.mend();
        assertThat(reader.read(one, text)).containsExactly("x");
      } finally {
        reader.close();
      }
    }
  }

  @Test
  void withoutAUser_nothingIsReadAndItIsSaidWhy() {
    QuestDb reader = reading(Map.of());

    assertThatThrownBy(() -> reader.read(Sql.of("SELECT 1"), row -> 1))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("QUESTDB_READONLY_USER");
  }
}
