package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.schema.SchemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL that users are shown: in blocks, and in the midst of a sentence. */
@TestInstance(Lifecycle.PER_CLASS)
class DocumentedSqlTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern IN_A_SENTENCE = Pattern.compile("`((?:SELECT|INSERT) [^`]+)`");
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(?:\n|$)");

  /** Of its own: what is shown writes limits too. */
  private final TestQuestDb db = TestQuestDb.fresh();

  record Shown(String page, String sql) {}

  @BeforeAll
  void install() throws SchemaException {
    db.installer().install();
  }

  @AfterAll
  void end() {
    db.close();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void everySqlTextOfTheDocs_runs(Shown shown) {
    assertThat(db.rows(shown.sql())).isNotNull();
  }

  static List<Shown> shown() throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      String name = CHECKOUT.relativize(page).toString();
      Stream.of(BLOCK, IN_A_SENTENCE)
          .flatMap(pattern -> pattern.matcher(text).results())
          .flatMap(found -> END_OF_STATEMENT.splitAsStream(found.group(1)))
          .filter(sql -> !sql.isBlank())
          .forEach(sql -> shown.add(new Shown(name, sql)));
    }
    assertThat(shown)
        .extracting(Shown::page)
        .contains("README.md", "docs/metrics.md", "docs/alerts.md", "docs/runbooks/node-cpu.md");
    return shown;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
      return Stream.concat(docs, Stream.of(CHECKOUT.resolve("README.md")))
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}
