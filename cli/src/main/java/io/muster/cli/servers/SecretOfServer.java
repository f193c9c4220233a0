package io.muster.cli.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.text.Prompts;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The secret that a server's provider asks for: typed without echo, or piped in. */
final class SecretOfServer {
  private static final String HOW =
      "Pipe it in with --secret-stdin, or name a file with --secret-file <key>=<file>.";

  @Option(
      names = "--secret-stdin",
      description = "Reads its secret (token, password) from standard input.")
  private boolean piped;

  /** Whether one is to be changed. */
  boolean isPiped() {
    return piped;
  }

  /** Adds the one that is missing. */
  void complete(ObjectNode body, Prompts prompts) {
    missing(body).ifPresent(key -> ask(body, key, prompts));
  }

  /** Puts it where the provider of {@code known} has it. */
  void replace(ObjectNode body, JsonNode known, Prompts prompts) {
    ask(body, key(known), prompts);
  }

  void ask(ObjectNode body, String key, Prompts prompts) {
    body.put(key, read(key, prompts));
  }

  private String read(String key, Prompts prompts) {
    return (piped ? prompts.pipedSecret(key) : prompts.secret(key, HOW)).reveal();
  }

  private static Optional<String> missing(JsonNode body) {
    if (body.path("inCluster").asBoolean() || body.has("kubeConfig")) {
      return Optional.empty();
    }
    return Optional.of(key(body)).filter(key -> !body.has(key));
  }

  private static String key(JsonNode server) {
    return switch (server.path("provider").asText("proxmox")) {
      case "kubernetes" -> server.has("url") ? "token" : "kubeConfig";
      case "openstack" ->
          server.has("applicationCredentialId") ? "applicationCredentialSecret" : "password";
      default -> "tokenSecret";
    };
  }
}
