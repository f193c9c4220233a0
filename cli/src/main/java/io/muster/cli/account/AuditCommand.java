package io.muster.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster audit}: who changed what. */
@Command(
    name = "audit",
    description = "Every change of inventory and accounts, the latest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  muster audit", "  muster audit --limit 500 --json"})
public final class AuditCommand extends ApiVerb {
  /** What the API gives at once. */
  private static final int MOST = 1000;

  @Option(
      names = "--limit",
      paramLabel = "<number>",
      description = "How many, at most " + MOST + "; 50 if not given.")
  private int limit = 50;

  @Override
  protected int run(ControlApi api) {
    var size = Math.clamp(limit, 1, MOST);
    var entries = api.send(Call.get("/audit").with("page", 0).with("size", size)).json();
    show(entries.path("items"), "Nothing was changed yet.", () -> table(entries.path("items")));
    return DONE;
  }

  private static Table table(JsonNode entries) {
    var table = new Table("WHEN (UTC)", "WHO", "DID", "WHAT");
    for (var entry : entries) {
      var subject = entry.path("subject");
      table.add(
          Words.exactly(entry.path("at")),
          Words.of(entry.path("who")),
          Words.of(entry.path("verb")),
          subject.path("kind").asText() + " " + subject.path("name").asText());
      if (!entry.path("detail").asText("").isEmpty()) {
        table.note(entry.path("detail").asText());
      }
    }
    return table;
  }
}
