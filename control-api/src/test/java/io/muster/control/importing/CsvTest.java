package io.muster.control.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets write them. */
class CsvTest {
  private static final String TOKEN = "m@pve!t=11111111-2222-4333-8444-555555555555";

  private static List<ImportRow> rows(byte[] file) {
    return CsvFile.read(file).rows();
  }

  private static List<ImportRow> rows(String file) {
    return rows(file.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,host,route\na,h,büro\n",
        "\uFEFFname,host,route\r\na,h,büro\r\n",
        "NAME;Host;Route\na;h;büro",
        "route\thost\tname\nbüro\th\ta\n",
        "sep=;\nname;host;route\na;h;büro\n",
        "\n\nname,host,route\n\n,,\na , h,\"büro\"\n\n"
      })
  void anyUsualForm_isRead(String file) {
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
      if (charset.equals(StandardCharsets.UTF_8) || !file.startsWith("\uFEFF")) {
        assertThat(rows(file.getBytes(charset)))
            .singleElement()
            .satisfies(row -> {
              assertThat(row.entry().path("name").asText()).isEqualTo("a");
              assertThat(row.entry().path("host").asText()).isEqualTo("h");
              assertThat(row.entry().path("route").asText()).isEqualTo("büro");
            });
      }
    }
  }

  @Test
  void utf16WithItsMark_isRead() {
    assertThat(rows("name\tregion\na\tZürich\n".getBytes(StandardCharsets.UTF_16)))
        .singleElement()
        .satisfies(row -> assertThat(row.entry().path("region").asText()).isEqualTo("Zürich"));
  }

  @Test
  void lines_areCountedThroughQuotedLineBreaks() {
    List<ImportRow> rows = rows("name,ca_cert\na,\"one\r\ntwo\nthree\"\n\nb,\n");
    assertThat(rows).extracting(ImportRow::line).containsExactly(2L, 6L);
    assertThat(rows.getFirst().entry().path("caCert").asText()).isEqualTo("one\r\ntwo\nthree");
  }

  @Test
  void quoteWithoutEnd_isToldWithItsLine_rowsBeforeAreRead() {
    List<ImportRow> rows = rows("name,host\na,h\nb,\"h\nc,h\n");
    assertThat(rows).extracting(ImportRow::line).containsExactly(2L, 3L);
    assertThat(rows.get(0).problems()).isEmpty();
    assertThat(rows.get(1).problems()).isNotEmpty();
  }

  @Test
  void token_isTakenApart() {
    assertThat(rows("name,api_token,action_token\na," + TOKEN + ",a@pve!b\n").getFirst().entry())
        .hasToString(
            "{\"name\":\"a\",\"tokenId\":\"m@pve!t\","
                + "\"tokenSecret\":\"11111111-2222-4333-8444-555555555555\",\"actionTokenId\":\"a@pve!b\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          yes   | true
          FALSE | false
          1     | true
          off   | false
          """)
  void flags_areReadAsPeopleWriteThem(String text, boolean flag) {
    assertThat(rows("name,verify_ssl\na," + text + "\n").getFirst().entry().path("verifyTls"))
        .hasToString(String.valueOf(flag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''+1", "\tx", "plain", "a'=1"})
  void formula_isGuardedAndReadsBack(String text) {
    String guarded = Cells.guarded(text);
    assertThat(guarded).doesNotMatch("(?s)^[=+\\-@\\t\\r].*");
    assertThat(Cells.unguarded(guarded)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[\"a\"]", "[\"a,b\"]", "[\"a\",\"b c\"]", "[\"a,b\",\"c\"]"})
  void lists_readBack(String json) throws Exception {
    var list = new ObjectMapper().readTree(json);
    assertThat(Cells.list(Cells.text(list)))
        .containsExactlyElementsOf(list.valueStream().map(tag -> tag.asText()).toList());
  }
}
