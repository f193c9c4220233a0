package io.muster.agent.proxmox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.agent.provider.VmType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples of {@code /cluster/metrics/export}: object id ({@code node/pve1}, {@code qemu/100}) to
 * epoch second to what was measured then. Rows without a time of measurement are not in it.
 */
final class Export {
  /** 40 MB in memory; 16 MB of JSON rows hold 45,000 samples of stopped guests. */
  private static final int MAX_SAMPLES = 100_000;

  private final Map<String, NavigableMap<Long, Measures>> samples = new TreeMap<>();
  private final Set<String> nodes = new HashSet<>();
  private final long after;
  private final long until;
  private @Nullable String leader;
  private int size;

  Export() {
    this(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Keeps of each object the samples in (after, until], and the last one before them. */
  Export(long after, long until) {
    this.after = after;
    this.until = until;
  }

  Map<String, NavigableMap<Long, Measures>> samples() {
    return samples;
  }

  /** Names of the nodes whose own rows, those without a time too, are in the answer. */
  Set<String> nodes() {
    return nodes;
  }

  /** What this object measured at that second; null when it is none of those that are kept. */
  private @Nullable Measures at(String id, long epochSecond) throws MalformedAnswerException {
    if (epochSecond > until) {
      return null;
    }
    NavigableMap<Long, Measures> series = samples.computeIfAbsent(id, key -> new TreeMap<>());
    Measures known = series.get(epochSecond);
    if (known != null) {
      return known;
    }
    if (epochSecond <= after && !series.isEmpty() && series.firstKey() <= after) {
      // One before them is enough: the later of the two.
      if (epochSecond < series.firstKey()) {
        return null;
      }
      series.pollFirstEntry();
      size--;
    }
    if (++size > MAX_SAMPLES) {
      throw new MalformedAnswerException("it has more than " + MAX_SAMPLES + " samples");
    }
    Measures made = new Measures();
    series.put(epochSecond, made);
    return made;
  }

  void put(String id, long epochSecond, Measures measures) {
    samples.computeIfAbsent(id, key -> new TreeMap<>()).put(epochSecond, measures);
  }

  /**
   * The samples of these objects alone.
   *
   * @param leading the one whose samples tell how far the part reaches: others may be of elsewhere
   */
  Export of(Set<String> ids, String leading) {
    Export part = new Export();
    part.leader = leading;
    samples.forEach((id, series) -> {
      if (ids.contains(id)) {
        series.forEach((second, measures) -> part.put(id, second, measures));
      }
    });
    return part;
  }

  /** The last sample of each object alone. */
  Export lastGeneration() {
    Export last = empty();
    samples.forEach((id, series) -> last.put(id, series.lastKey(), series.lastEntry().getValue()));
    return last;
  }

  /** None of the samples, to be filled with some of them. */
  Export empty() {
    Export none = new Export();
    none.leader = leader;
    return none;
  }

  /** Whether some of it may be of other nodes: it was taken out of an answer of several. */
  boolean isPart() {
    return leader != null;
  }

  /** The oldest time of measurement of this object; null when there is none. */
  @Nullable Long oldest(String id) {
    NavigableMap<Long, Measures> series = samples.get(id);
    return series == null ? null : series.firstKey();
  }

  /** The newest time of measurement; null when there is none. */
  @Nullable Long newest() {
    return newest(Long.MAX_VALUE);
  }

  static Export read(InputStream body) throws IOException {
    return new Export().fill(body);
  }

  /** The newest one up to a second; null when there is none. */
  @Nullable Long newest(long latest) {
    Long newest = null;
    for (NavigableMap<Long, Measures> series : leading()) {
      Long second = series.floorKey(latest);
      if (second != null && (newest == null || second > newest)) {
        newest = second;
      }
    }
    return newest;
  }

  private Collection<NavigableMap<Long, Measures>> leading() {
    if (leader == null) {
      return samples.values();
    }
    NavigableMap<Long, Measures> own = samples.get(leader);
    return own == null ? List.of() : List.of(own);
  }

  /** Reads the body as it comes: it may have a million rows. */
  Export fill(InputStream body) throws IOException {
    Export export = this;
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the answer");
      boolean found = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = parser.currentName().equals("data");
        JsonToken value = parser.nextToken();
        if (!data) {
          parser.skipChildren();
        } else {
          expect(value, JsonToken.START_OBJECT, "`data`");
          found |= readInner(parser, export);
        }
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT, "the answer");
      if (!found) {
        throw new MalformedAnswerException("the answer has no `data.data`");
      }
    }
    return export;
  }

  private static boolean readInner(JsonParser parser, Export export) throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean rows = parser.currentName().equals("data");
      JsonToken value = parser.nextToken();
      if (!rows) {
        parser.skipChildren();
      } else {
        expect(value, JsonToken.START_ARRAY, "`data.data`");
        found = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readRow(parser, export);
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, "a row of `data.data`");
      }
    }
    return found;
  }

  private static void readRow(JsonParser parser, Export export) throws IOException {
    String id = null;
    String word = null;
    Double time = null;
    Double value = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        parser.skipChildren();
        continue;
      }
      switch (field) {
        case "id" -> id = parser.getText();
        case "metric" -> word = parser.getText();
        case "timestamp" -> time = number(parser);
        case "value" -> value = number(parser);
        default -> {
          // `type` says nothing that the metric does not
        }
      }
    }
    if (id == null || word == null) {
      throw new MalformedAnswerException("a row of the export has no `id` or `metric`");
    }
    if (id.startsWith("node/")) {
      export.nodes.add(id.substring("node/".length()));
    }
    Metric metric = Metric.of(word);
    if (metric != null && wanted(id) && time != null && time > 0 && time < Json.LAST_SECOND) {
      Measures measures = export.at(id, Math.round(time));
      if (measures != null) {
        measures.set(metric, value);
      }
    }
  }

  /** Storages come from {@code /cluster/resources}, with their status. */
  private static boolean wanted(String id) {
    return id.startsWith("node/")
        || id.startsWith(VmType.QEMU.label() + "/")
        || id.startsWith(VmType.LXC.label() + "/");
  }

  private static @Nullable Double number(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = parser.getDoubleValue();
        yield Double.isFinite(value) ? Double.valueOf(value) : null;
      }
      case VALUE_STRING -> Json.number(parser.getText());
      default -> null;
    };
  }

  private static void expect(@Nullable JsonToken token, JsonToken wanted, String what)
      throws MalformedAnswerException {
    if (token == null) {
      throw new MalformedAnswerException("the answer was cut off");
    }
    if (token != wanted) {
      throw new MalformedAnswerException(what + " is not what the export promises");
    }
  }
}
