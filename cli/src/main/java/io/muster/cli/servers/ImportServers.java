package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.UsageException;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Confirmation;
import io.muster.cli.verb.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Adds the servers of a CSV or JSON file. Shows first what it would do, and asks.",
      "A bad row is told with its line and never stops the good ones; a file that was imported"
          + " already changes nothing. Exit code 1 when a row failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster servers import servers.csv",
      "  muster servers import servers.csv --dry-run",
      "  muster servers import servers.csv --update --yes",
      "  vault read … | muster servers import - --yes"
    })
final class ImportServers extends ApiVerb {
  private static final String STANDARD_INPUT = "-";

  @Parameters(paramLabel = "<file>", description = "CSV or JSON; - is standard input.")
  private String file = "";

  @Option(names = "--dry-run", description = "Shows what it would do, and does not.")
  private boolean dryRun;

  @Option(
      names = "--update",
      description = "Changes servers that are there already; else they are errors.")
  private boolean update;

  @Option(
      names = "--trust-seen",
      description = "Accepts the certificates that the preview shows: compare them first.")
  private boolean trustSeen;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  protected int run(ControlApi api) {
    var content = content();
    var preview = send(api, content, true, List.of());
    var plan = ImportAnswer.of(preview);
    var isAll = dryRun || plan.changes() == 0;
    // For scripts one answer is enough: the last.
    if (isAll || !wantsJson()) {
      show(preview, "The file has no servers.", plan::table);
    }
    if (!wantsJson()) {
      say(plan.plan());
      say(plan.ignored());
    }
    if (isAll) {
      return exitCode(preview);
    }
    if (!confirmation.given(prompts(), question(preview))) {
      remark("Nothing was imported.");
      return FAILED;
    }
    var done = send(api, content, false, plan.shownCertificates());
    tell(done, ImportAnswer.of(done).result());
    return exitCode(done);
  }

  private static String question(JsonNode preview) {
    return "Import " + Words.count(ImportAnswer.of(preview).changes(), "server") + "?";
  }

  private static int exitCode(JsonNode answer) {
    return ImportAnswer.of(answer).failures() == 0 ? DONE : FAILED;
  }

  /**
   * Sends the file.
   *
   * @param shown the certificates that were looked at: no other is to be trusted
   */
  private JsonNode send(ControlApi api, byte[] content, boolean preview, List<String> shown) {
    var call =
        Call.post("/servers/import", content, type(content))
            .with("dryRun", preview)
            .with("update", update)
            .with("trustSeen", trustSeen);
    return api.send(trustSeen && !preview ? call.with("seen", String.join(",", shown)) : call)
        .json();
  }

  private byte[] content() {
    try {
      return file.equals(STANDARD_INPUT)
          ? prompts().input().readAllBytes()
          : Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw new UsageException("Cannot read %s: %s".formatted(file, unreadable.getMessage()));
    }
  }

  /** By its name, else by how it begins. */
  private String type(byte[] content) {
    if (file.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return "application/json";
    }
    if (file.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return "text/csv";
    }
    for (var character : content) {
      if (!Character.isWhitespace(character)) {
        return character == '{' || character == '[' ? "application/json" : "text/csv";
      }
    }
    return "text/csv";
  }
}
