package io.muster.agent.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.muster.agent.inspect.ApiReferences;
import io.muster.agent.inspect.CallJournal;
import io.muster.agent.inspect.Pseudonyms;
import io.muster.agent.inspect.SampleAnswer;
import io.muster.agent.provider.ApiCall;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /dev}: what the agent asks its servers, for people who work on it. Is there only with
 * {@code ENABLE_DEV_TOOLS}. JSON with a row a line, so that people and scripts can both read it.
 */
@Controller("/dev")
@Requires(property = DevController.PROPERTY, value = "true")
public final class DevController {
  /** Whether these pages are there. */
  public static final String PROPERTY = "muster.dev-tools";

  private static final double NANOS_PER_MS = 1e6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CallJournal journal;
  private final ApiReferences references;

  DevController(CallJournal journal, ApiReferences references) {
    this.journal = journal;
    this.references = references;
  }

  /** The newest calls to all servers, the newest first; never a credential or a body. */
  @Get(value = "/calls", produces = "application/json")
  String calls() throws JsonProcessingException {
    List<Object> rows = new ArrayList<>();
    for (CallJournal.Entry entry : journal.newest()) {
      rows.add(row(entry));
    }
    return lines(rows);
  }

  /** Every call that this version makes, with the newest answer seen, cut, and names replaced. */
  @Get(value = "/api-reference", produces = "application/json")
  String apiReference() throws JsonProcessingException {
    List<Object> rows = new ArrayList<>();
    references.byKind().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(entry -> {
          Pseudonyms names = new Pseudonyms();
          for (ApiCall call : entry.getValue().calls()) {
            rows.add(row(entry.getKey().label(), call, sample(entry.getValue(), call, names)));
          }
        });
    return lines(rows);
  }

  private static Map<String, Object> row(CallJournal.Entry entry) {
    Exchange exchange = entry.exchange();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", exchange.at().toString());
    row.put("server", entry.server());
    row.put("endpoint", exchange.endpoint().toString());
    row.put("method", exchange.method());
    row.put("path", exchange.path());
    row.put("status", exchange.status() == 0 ? null : exchange.status());
    row.put("reason", exchange.reason());
    row.put("ms", exchange.elapsed().toNanos() / NANOS_PER_MS);
    row.put("bytes", exchange.bodyBytes());
    row.put("failure", exchange.failure() == null ? null : exchange.failure().name());
    row.put("message", exchange.message());
    return row;
  }

  private static Map<String, Object> row(String provider, ApiCall call, @Nullable JsonNode sample) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("provider", provider);
    row.put("method", call.method());
    row.put("path", call.path());
    row.put("purpose", call.purpose());
    row.put("privilege", call.privilege());
    Duration period = call.period();
    row.put("period", period == null ? "every poll" : period.toSeconds() + " s");
    row.put("sample", sample);
    return row;
  }

  private @Nullable JsonNode sample(ApiReference reference, ApiCall call, Pseudonyms names) {
    Exchange newest = journal.sample(call);
    if (newest == null || newest.body() == null) {
      return null;
    }
    String cut = SampleAnswer.of(newest.body()).toString();
    String scrubbed = reference.scrub(newest.withWhole(cut), names).body();
    return scrubbed == null ? null : SampleAnswer.of(scrubbed);
  }

  private static String lines(List<Object> rows) throws JsonProcessingException {
    List<String> lines = new ArrayList<>();
    for (Object row : rows) {
      lines.add(JSON.writeValueAsString(row));
    }
    return "[\n" + String.join(",\n", lines) + "\n]\n";
  }
}
