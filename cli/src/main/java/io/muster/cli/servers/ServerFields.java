package io.muster.cli.servers;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A server's fields as options. Secrets are never among them: every user sees a command line. */
final class ServerFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--from", paramLabel = "<file>", description = "A JSON file with its fields.")
  private @Nullable Path from;

  @Option(names = "--site", paramLabel = "<site>", description = "Whose agent polls it.")
  private @Nullable String site;

  @Option(
      names = "--provider",
      paramLabel = "<provider>",
      description = "proxmox (what it is unless said otherwise), kubernetes or openstack.")
  private @Nullable String provider;

  @Option(
      names = "--url",
      paramLabel = "<url>",
      description = "Where it is; several for a Proxmox VE cluster.")
  private List<String> urls = List.of();

  @Option(names = "--host", paramLabel = "<host>", description = "Where it is, by host alone.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "<port>", description = "With --host; 8006 if not given.")
  private @Nullable Integer port;

  @Option(
      names = "--token-id",
      paramLabel = "<id>",
      description = "Proxmox VE's user@realm!tokenid.")
  private @Nullable String tokenId;

  @Option(
      names = "--ca-cert",
      paramLabel = "<file>",
      description = "Its certificate authority, PEM.")
  private @Nullable Path caCert;

  @Option(
      names = "--fingerprint",
      paramLabel = "<sha256>",
      description = "Certificates to accept; several during a change.")
  private List<String> fingerprints = List.of();

  @Option(
      names = "--verify-tls",
      negatable = true,
      description = "Whether its certificate is checked.")
  private @Nullable Boolean verifyTls;

  @Option(names = "--route", paramLabel = "<label>", description = "How the agent reaches it.")
  private @Nullable String route;

  @Option(names = "--tag", paramLabel = "<tag>", description = "Labels to group by.")
  private List<String> tags = List.of();

  @Option(
      names = "--interval",
      paramLabel = "<seconds>",
      description = "Between two polls, 1 to 3600.")
  private @Nullable Integer interval;

  @Option(
      names = "--set",
      paramLabel = "<key=value>",
      description = "Any other field by its name, such as authUrl or namespace.")
  private Map<String, String> others = Map.of();

  @Option(
      names = "--secret-file",
      paramLabel = "<key=file>",
      description = "A secret field from a file, such as tokenSecret or kubeConfig.")
  private Map<String, Path> secretFiles = Map.of();

  /** What was given, and no more. */
  ObjectNode given() {
    var body = from == null ? JsonNodeFactory.instance.objectNode() : read(from);
    put(body, "site", site);
    put(body, "provider", provider);
    if (urls.size() == 1) {
      body.put("url", urls.getFirst());
    } else if (!urls.isEmpty()) {
      putAll(body, "urls", urls);
    }
    put(body, "host", host);
    put(body, "port", port);
    put(body, "tokenId", tokenId);
    put(body, "caCert", caCert == null ? null : text(caCert));
    putAll(body, "fingerprints", fingerprints);
    if (verifyTls != null) {
      body.put("verifyTls", verifyTls);
    }
    put(body, "route", route);
    putAll(body, "tags", tags);
    put(body, "intervalSeconds", interval);
    others.forEach((key, value) -> body.set(key, value(value)));
    secretFiles.forEach((key, file) -> body.put(key, text(file).strip()));
    return body;
  }

  private static void put(ObjectNode body, String key, @Nullable String value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  private static void put(ObjectNode body, String key, @Nullable Integer value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  private static void putAll(ObjectNode body, String key, List<String> values) {
    if (!values.isEmpty()) {
      var array = body.putArray(key);
      values.forEach(array::add);
    }
  }

  /** Flags, lists and objects are JSON; everything else is text, also digits. */
  private static JsonNode value(String text) {
    if (!text.matches("true|false|null|[\\[{].*")) {
      return JsonNodeFactory.instance.textNode(text);
    }
    try {
      return JSON.readTree(text);
    } catch (JacksonException broken) {
      throw new UsageException("--set: \"%s\" is no JSON.".formatted(text));
    }
  }

  private static ObjectNode read(Path file) {
    try {
      if (JSON.readTree(text(file)) instanceof ObjectNode object) {
        return object;
      }
      throw new UsageException(file + " is no JSON object of a server's fields.");
    } catch (JacksonException broken) {
      throw new UsageException(file + " is no JSON: " + broken.getOriginalMessage());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UsageException("Cannot read " + file + ": " + unreadable.getMessage());
    }
  }
}
