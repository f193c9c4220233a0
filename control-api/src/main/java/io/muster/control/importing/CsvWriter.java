package io.muster.control.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;

/** Writes entries as CSV that can be imported again: without secrets, which are kept then. */
final class CsvWriter {
  /** Without it, Excel takes UTF-8 for Windows-1252. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final List<String> EXAMPLE =
      List.of(
          "pve-1",
          "pve-1.example.org",
          "8006",
          "muster@pve!monitor=11111111-2222-4333-8444-555555555555",
          "true",
          "",
          "proxmox",
          "direct",
          "berlin;production");

  private CsvWriter() {}

  /** A header with one made-up server. */
  static String template() {
    return csv(Columns.FIRST, List.of(EXAMPLE));
  }

  /** All entries, with every column that one of them fills. */
  static String export(List<ObjectNode> entries) {
    Set<String> columns = new LinkedHashSet<>(Columns.FIRST);
    List<Map<String, String>> rows = entries.stream().map(CsvWriter::cells).toList();
    rows.forEach(row -> columns.addAll(row.keySet()));
    return csv(
        List.copyOf(columns),
        rows.stream()
            .map(row -> columns.stream().map(column -> row.getOrDefault(column, "")).toList())
            .toList());
  }

  private static Map<String, String> cells(ObjectNode entry) {
    Map<String, String> cells = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : entry.properties()) {
      switch (member.getKey()) {
        // The name says which server is meant; an id would make a copy elsewhere impossible.
        case "id" -> {}
        case "urls" -> addresses(member.getValue(), cells);
        case "tokenId" -> cells.put(Columns.API_TOKEN, Cells.text(member.getValue()));
        case "actionTokenId" -> cells.put(Columns.ACTION_TOKEN, Cells.text(member.getValue()));
        default -> cells.put(Columns.of(member.getKey()), Cells.text(member.getValue()));
      }
    }
    cells.values().removeIf(String::isEmpty);
    return cells;
  }

  private static void addresses(JsonNode urls, Map<String, String> cells) {
    if (urls.size() == 1) {
      URI url = URI.create(urls.get(0).asText());
      cells.put("host", url.getHost());
      cells.put("port", String.valueOf(url.getPort()));
    } else {
      cells.put("urls", Cells.text(urls));
    }
  }

  private static String csv(List<String> header, List<List<String>> rows) {
    StringBuilder text = new StringBuilder(BYTE_ORDER_MARK).append(line(header));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return CSVFormat.RFC4180.format(cells.toArray()) + CSVFormat.RFC4180.getRecordSeparator();
  }
}
