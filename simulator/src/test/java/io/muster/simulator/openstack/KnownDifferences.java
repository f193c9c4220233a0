package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The differences that stay, each with its reason: {@code known-differences.json}. Its {@code
 * recordings} is a regular expression of names.
 */
final class KnownDifferences {
  private record Entry(String recordings, List<String> differences) {}

  private final List<Entry> entries = new ArrayList<>();

  static KnownDifferences read() throws IOException {
    KnownDifferences known = new KnownDifferences();
    try (InputStream in = KnownDifferences.class.getResourceAsStream("known-differences.json")) {
      for (JsonNode entry : CloudClient.JSON.readTree(in)) {
        assertThat(entry.path("reason").asText()).as("reason of " + entry).isNotBlank();
        List<String> lines = new ArrayList<>();
        entry.path("differences").forEach(line -> lines.add(line.asText()));
        known.entries.add(new Entry(entry.path("recordings").asText(), lines));
      }
    }
    return known;
  }

  /** Lines that were found and are not listed. */
  List<String> missing(Map<String, Set<String>> found) {
    List<String> missing = new ArrayList<>();
    found.forEach((recording, lines) ->
        lines.stream()
            .filter(line -> entries.stream().noneMatch(entry -> fits(entry, recording, line)))
            .forEach(line -> missing.add(recording + " " + line)));
    return missing;
  }

  private static boolean fits(Entry entry, String recording, String line) {
    return entry.differences.contains(line) && recording.matches(entry.recordings);
  }

  /** Lines that are listed and were not found. */
  List<String> gone(Map<String, Set<String>> found) {
    List<String> gone = new ArrayList<>();
    for (Entry entry : entries) {
      Set<String> left = new HashSet<>(entry.differences);
      found.forEach((recording, lines) -> {
        if (recording.matches(entry.recordings)) {
          left.removeAll(lines);
        }
      });
      left.forEach(line -> gone.add(entry.recordings + " " + line));
    }
    return gone;
  }
}
