package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.servers.Servers;
import io.muster.cli.text.Table;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster history}: how a server was reached. */
@Command(
    name = "history",
    description = {
      "How a server was reached: by the hour, and what went wrong when.",
      "A dash is an hour in which nothing was attempted, or nothing answered."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster history pve-1",
      "  muster history pve-1 --hours 168",
      "  muster history pve-1 --hours 1 --attempts",
      "  muster history pve-1 --json | jq .summary"
    })
public final class HistoryCommand extends ApiVerb {
  @Parameters(paramLabel = "<server>", description = "Its name or id.")
  private String server = "";

  @Option(
      names = "--hours",
      paramLabel = "<number>",
      description = "How many hours back; 24 if not given.")
  private int hours = 24;

  @Option(names = "--attempts", description = "Each single attempt instead of the hours.")
  private boolean attempts;

  @Override
  protected int run(ControlApi api) {
    var history = api.send(Call.get(Servers.path(server) + "/history").with("hours", hours)).json();
    if (wantsJson()) {
      json(history);
      return DONE;
    }
    var summary = history.path("summary");
    say(sentence(summary));
    if (summary.path("totalAttempts").asLong() == 0) {
      return DONE;
    }
    gap();
    if (attempts) {
      show(attempts(history.path("raw")));
      return DONE;
    }
    show(hours(history.path("hourly")));
    var troubles = Troubles.of(history.path("raw"));
    if (!troubles.isEmpty()) {
      gap();
      show(Troubles.table(troubles));
    }
    return DONE;
  }

  private String sentence(JsonNode summary) {
    var attempted = summary.path("totalAttempts").asLong();
    return attempted == 0
        ? "%s: nothing was attempted in the last %s.".formatted(server, Words.count(hours, "hour"))
        : "%s, the last %s: %s, %s succeeded, answered in %s on average."
            .formatted(
                server,
                Words.count(hours, "hour"),
                Words.count(attempted, "attempt"),
                rate(summary),
                Words.amount(summary.path("avgResponseTimeMs"), " ms"));
  }

  private static Table hours(JsonNode hours) {
    var table = new Table("HOUR (UTC)", "ATTEMPTS", "SUCCEEDED", "ANSWERED IN");
    for (var hour : hours) {
      table.add(
          Words.exactly(hour.path("time")),
          Words.number(hour.path("attempts")),
          rate(hour),
          Words.amount(hour.path("avgResponseTimeMs"), " ms"));
    }
    return table;
  }

  private static Table attempts(JsonNode attempts) {
    var table = new Table("TIME (UTC)", "RESULT", "ANSWERED IN", "ROUTE");
    for (var attempt : attempts) {
      table.add(
          Words.exactly(attempt.path("time")),
          attempt.path("success").asBoolean() ? "ok" : "FAILED",
          Words.amount(attempt.path("responseTimeMs"), " ms"),
          Words.of(attempt.path("route")));
      if (attempt.hasNonNull("errorMessage")) {
        table.note(attempt.path("errorMessage").asText());
      }
    }
    return table;
  }

  /** Rounded down: 100 % are all. */
  private static String rate(JsonNode of) {
    var rate = of.path("successRate");
    return rate.isNumber() ? Math.floor(10 * rate.asDouble()) / 10 + " %" : Words.UNKNOWN;
  }
}
