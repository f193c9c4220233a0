package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes' exports offer when all is over: the values that the rows should have, worked out
 * anew from neighbouring samples and not as the agent does.
 *
 * @param samples by object and second, the value of each metric
 */
record Measured(Map<String, NavigableMap<Long, Map<String, Double>>> samples) {
  /** Column of a rate, and the counter that it comes from. */
  private static final Map<String, String> RATES =
      Map.of(
          "network_receive_bytes_per_second", "net_in",
          "network_transmit_bytes_per_second", "net_out",
          "disk_read_bytes_per_second", "disk_read",
          "disk_write_bytes_per_second", "disk_write");

  private static final Map<String, String> LEVELS =
      Map.of(
          "cpu_usage_ratio", "cpu_current",
          "memory_used_bytes", "mem_used",
          "uptime_seconds", "uptime");

  static Measured read(Cluster cluster) throws IOException {
    var samples = new TreeMap<String, NavigableMap<Long, Map<String, Double>>>();
    var token = cluster.endpoints().path("readerToken");
    try (var client = client(Path.of(cluster.endpoints().path("caFile").asText()))) {
      for (var node : cluster.endpoints().path("nodes")) {
        var url =
            node.path("url").asText() + "/api2/json/cluster/metrics/export?history=1&local-only=1";
        var request =
            HttpRequest.newBuilder(URI.create(url))
                .header(
                    "Authorization",
                    "PVEAPIToken="
                        + token.path("id").asText()
                        + "="
                        + token.path("secret").asText());
        Http.call(client, request).path("data").path("data").forEach(row -> add(samples, row));
      }
    }
    return new Measured(samples);
  }

  private static void add(
      Map<String, NavigableMap<Long, Map<String, Double>>> samples, JsonNode row) {
    samples
        .computeIfAbsent(row.path("id").asText(), object -> new TreeMap<>())
        .computeIfAbsent(row.path("timestamp").asLong(), second -> new TreeMap<>())
        .put(row.path("metric").asText(), row.path("value").asDouble());
  }

  private static HttpClient client(Path authority) throws IOException {
    try (var pem = Files.newInputStream(authority)) {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    } catch (GeneralSecurityException failed) {
      throw new IOException("Cannot trust " + authority, failed);
    }
  }

  /**
   * What a row should hold; null when the sample, or the one before it, is not offered any more.
   *
   * @param columns the row's
   */
  Stored.@Nullable Row expected(String object, long second, Iterable<String> columns) {
    var series = samples.getOrDefault(object, new TreeMap<>());
    var now = series.get(second);
    var before = series.lowerEntry(second);
    if (now == null || before == null) {
      return null;
    }
    var seconds = second - before.getKey();
    var values = new TreeMap<String, @Nullable Double>();
    for (var column : columns) {
      var counter = RATES.get(column);
      values.put(
          column,
          counter == null
              ? now.get(LEVELS.get(column))
              : rate(now, before.getValue(), counter, seconds));
    }
    return new Stored.Row(second * 1_000_000, seconds, values);
  }

  /** Null when one of the two lacks the counter, or it began anew between them. */
  private static @Nullable Double rate(
      Map<String, Double> now, Map<String, Double> before, String counter, long seconds) {
    var then = before.get(counter);
    var value = now.get(counter);
    if (then == null || value == null || value < then) {
      return null;
    }
    var restarted = now.getOrDefault("uptime", 0.0) < before.getOrDefault("uptime", 0.0);
    return restarted ? null : Double.valueOf((value - then) / seconds);
  }
}
