package io.muster.simulator.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file that {@code muster-agent record} wrote.
 *
 * @param urls where the server was configured, the host names and addresses replaced
 * @param nodeAddresses the same of nodes with an address of their own
 * @param tokenId replaced
 * @param times fields of bodies that hold epoch seconds
 * @param calls in the order in which they were made
 */
public record Recording(
    String provider,
    Instant recordedAt,
    List<URI> urls,
    Map<String, URI> nodeAddresses,
    String tokenId,
    Set<String> times,
    List<RecordedCall> calls) {
  private static final String FORMAT = "muster-recording-1";

  public Recording {
    urls = List.copyOf(urls);
    times = Set.copyOf(times);
    calls = List.copyOf(calls);
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it can't be read or is no recording, with a sentence that says so
   */
  public static Recording read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    String format = root.path("format").asText();
    if (!format.equals(FORMAT)) {
      throw new IOException(
          "%s is no recording of muster-agent: `format` is '%s', expected '%s'"
              .formatted(file, format, FORMAT));
    }
    try {
      return read(root);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(file + " is a damaged recording: " + e.getMessage(), e);
    }
  }

  private static Recording read(JsonNode root) {
    JsonNode server = root.path("server");
    List<URI> urls = new ArrayList<>();
    server.path("urls").forEach(url -> urls.add(URI.create(url.asText())));
    Map<String, URI> nodes = new LinkedHashMap<>();
    server
        .path("nodeAddresses")
        .properties()
        .forEach(node -> nodes.put(node.getKey(), URI.create(node.getValue().asText())));
    Set<String> times = new LinkedHashSet<>();
    root.path("times").forEach(field -> times.add(field.asText()));
    List<RecordedCall> calls = new ArrayList<>();
    for (JsonNode call : root.path("calls")) {
      // An answer that was too long to be recorded is as good as none.
      if (call.path("bodyBytes").asLong() == 0 || !call.path("body").isNull()) {
        calls.add(call(call));
      }
    }
    if (urls.isEmpty() || calls.isEmpty()) {
      throw new IllegalArgumentException("it has no `server.urls` or no `calls`");
    }
    return new Recording(
        root.path("provider").asText(),
        Instant.parse(root.path("recordedAt").asText()),
        urls,
        nodes,
        server.path("tokenId").asText(),
        times,
        calls);
  }

  private static RecordedCall call(JsonNode call) {
    List<RecordedCall.Header> headers = new ArrayList<>();
    for (JsonNode header : call.path("headers")) {
      headers.add(new RecordedCall.Header(header.path(0).asText(), header.path(1).asText()));
    }
    JsonNode body = call.path("body");
    return new RecordedCall(
        Instant.parse(call.path("at").asText()),
        host(URI.create(call.path("endpoint").asText())),
        call.path("request").path("method").asText(),
        call.path("request").path("path").asText(),
        call.path("status").asInt(),
        call.path("reason").asText(),
        headers,
        body.isMissingNode() || body.isNull() ? null : body);
  }

  static String host(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("'" + uri + "' has no host");
    }
    return host;
  }

  /** Addresses that answered at least once, the configured ones first. */
  List<String> hosts() {
    Set<String> answered = new LinkedHashSet<>();
    calls.stream().filter(call -> call.status() != 0).forEach(call -> answered.add(call.host()));
    Set<String> hosts = new LinkedHashSet<>();
    urls.stream().map(Recording::host).filter(answered::contains).forEach(hosts::add);
    hosts.addAll(answered);
    return List.copyOf(hosts);
  }
}
