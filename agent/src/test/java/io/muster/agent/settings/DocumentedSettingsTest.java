package io.muster.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedSettingsTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z_]+)`");

  @Test
  void tableOfSettings_hasEveryKeyThatIsReadAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    String rest = page.substring(page.indexOf("\n## Settings\n") + 1);
    int end = rest.indexOf("\n## ");
    String settings = end < 0 ? rest : rest.substring(0, end);

    assertThat(
            FIRST_CELL
                .matcher(settings)
                .results()
                .flatMap(row -> NAME.matcher(group(row)).results())
                .map(DocumentedSettingsTest::group))
        .containsExactlyInAnyOrderElementsOf(AgentSettings.keys());
  }

  private static String group(MatchResult match) {
    String text = match.group(1);
    return text == null ? "" : text;
  }
}
