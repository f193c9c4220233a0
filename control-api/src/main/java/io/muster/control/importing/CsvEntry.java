package io.muster.control.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.configuration.Flags;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.inventory.EntrySchema;
import io.muster.protocol.inventory.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes an entry of a row. An empty cell says nothing, so that what is stored stays. */
final class CsvEntry {
  private static final EntrySchema SCHEMA = EntrySchema.published();
  private static final String TOKEN_FORM = "user@realm!tokenid=uuid, such as muster@pve!monitor=…";
  private static final String HIDDEN = "a text (not shown)";

  /** Without its secret it is the token whose secret is stored. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)(?<id>[^=]+)(=(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))?");

  private final CsvTable.Row row;
  private final Map<String, Integer> places;
  private final ObjectNode entry = JsonNodeFactory.instance.objectNode();
  private final List<FieldProblem> problems = new ArrayList<>();
  private final String provider;

  CsvEntry(CsvTable.Row row, Map<String, Integer> places) {
    this.row = row;
    this.places = places;
    String given = cell("provider").isEmpty() ? cell("type") : cell("provider");
    provider = given.isEmpty() ? "proxmox" : given.toLowerCase(Locale.ROOT);
  }

  ImportRow row(int index) {
    places.keySet().forEach(this::put);
    if (entry.has("provider")) {
      entry.put("provider", provider);
    }
    token(Columns.API_TOKEN, "tokenId", "tokenSecret");
    token(Columns.ACTION_TOKEN, "actionTokenId", "actionTokenSecret");
    return new ImportRow(index, row.line(), ImportFile.shown(entry), entry, problems, this::inFile);
  }

  private String cell(String column) {
    Integer place = places.get(column);
    return place == null ? "" : row.cell(place);
  }

  private void put(String column) {
    String key = Columns.key(column);
    String cell = cell(column);
    if (key == null || cell.isEmpty()) {
      return;
    }
    String text = SCHEMA.isSecret(key) ? cell : Cells.unguarded(cell);
    switch (SCHEMA.type(key)) {
      case "boolean" -> flag(column, key, text);
      case "integer" -> number(column, key, text);
      case "array" -> Cells.list(cell).forEach(entry.withArrayProperty(key)::add);
      case "object" -> members(column, key, cell);
      case null, default -> entry.put(key, text);
    }
  }

  private void flag(String column, String key, String text) {
    Boolean flag = Flags.parse(text);
    if (flag == null) {
      problems.add(new FieldProblem(column, Printable.text(text), Flags.EXPECTED));
    } else {
      entry.put(key, flag);
    }
  }

  private void number(String column, String key, String text) {
    try {
      entry.put(key, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      problems.add(new FieldProblem(column, Printable.text(text), "a whole number"));
    }
  }

  private void members(String column, String key, String text) {
    ObjectNode members = entry.putObject(key);
    for (String member : Cells.list(text)) {
      int equals = member.indexOf('=');
      if (equals < 1) {
        problems.add(new FieldProblem(column, Printable.text(member), "node=https://host:port"));
      } else {
        members.put(member.substring(0, equals).strip(), member.substring(equals + 1).strip());
      }
    }
  }

  private void token(String column, String idKey, String secretKey) {
    String cell = cell(column);
    if (cell.isEmpty()) {
      return;
    }
    switch (provider) {
      case "proxmox" -> {
        Matcher token = TOKEN.matcher(Cells.unguarded(cell));
        String id = token.matches() ? String.valueOf(token.group("id")).strip() : "";
        if (!ProxmoxToken.ID.matcher(id).matches()) {
          problems.add(new FieldProblem(column, HIDDEN, TOKEN_FORM));
          return;
        }
        entry.put(idKey, id);
        if (token.group("secret") != null) {
          entry.put(secretKey, token.group("secret"));
        }
      }
      case "kubernetes" -> entry.put("token", cell);
      default ->
          problems.add(
              new FieldProblem(
                  column, HIDDEN, "nothing: this platform signs in with columns of its own"));
    }
  }

  /** What is wrong with a key, as what is wrong with the column that it comes from. */
  private FieldProblem inFile(FieldProblem problem) {
    String key = problem.key();
    if (key == null) {
      return problem;
    }
    String column = column(key.replaceFirst("[\\[.].*", ""));
    boolean token = column.equals(Columns.API_TOKEN) || column.equals(Columns.ACTION_TOKEN);
    return new FieldProblem(
        column,
        problem.found(),
        token && provider.equals("proxmox") ? TOKEN_FORM : problem.expected());
  }

  private String column(String key) {
    String own = Columns.of(key);
    if (places.containsKey(own)) {
      return own;
    }
    return switch (key) {
      case "tokenId", "tokenSecret" -> Columns.API_TOKEN;
      case "actionTokenId", "actionTokenSecret" -> Columns.ACTION_TOKEN;
      case "token" -> places.containsKey(Columns.API_TOKEN) ? Columns.API_TOKEN : own;
      case "urls" -> "host";
      default -> own;
    };
  }
}
