package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL that users are shown. */
class DocumentedSqlTest {
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("documented")
  void everySqlTextOfTheDocs_runs(String sql) {
    assertThat(TestQuestDb.shared().rows(sql)).isNotNull();
  }

  static List<String> documented() throws IOException {
    List<String> texts =
        SQL.matcher(Files.readString(Path.of("..", "docs", "metrics.md")))
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(texts).hasSizeGreaterThan(5);
    return texts;
  }
}
