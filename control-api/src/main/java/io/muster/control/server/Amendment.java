package io.muster.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.inventory.EntrySchema;
import io.muster.protocol.inventory.SplitEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stored entry with a change put over it. Secrets that the change leaves out or empty are kept.
 *
 * @param entry whole, with secrets
 * @param kept which secrets are the stored ones
 */
record Amendment(ObjectNode entry, Set<String> kept) {
  private static final EntrySchema SCHEMA = EntrySchema.published();
  private static final List<String> SECRETS = SCHEMA.secrets().stream().sorted().toList();

  /** How a Proxmox VE server's address may be written. */
  private static final Set<String> ADDRESSES = Set.of("urls", "url", "host", "port");

  /** Older and newer names of one key. */
  private static final List<Set<String>> NAMES =
      List.of(Set.of("verifyTls", "allowInsecure"), Set.of("provider", "type"));

  /** Ways to sign in, the deciding key first: where it is given, the other ways end. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("kubeConfig", "kubeConfigContext"),
          List.of("kubeConfigPath"),
          List.of("inCluster"),
          List.of("url", "token"),
          List.of("username", "password", "userDomainName", "projectName", "projectDomainName"),
          List.of("applicationCredentialId", "applicationCredentialSecret"));

  Amendment {
    kept = Set.copyOf(kept);
  }

  /** What the change says, over what is stored. Null takes a key away. */
  static Amendment patch(SplitEntry stored, ObjectNode change) {
    ObjectNode entry = stored.settings().deepCopy();
    for (List<String> way : WAYS) {
      if (given(change, way.getFirst())) {
        WAYS.stream().filter(other -> !other.equals(way)).forEach(entry::remove);
      }
    }
    if (entry.path("provider").asText().equals("proxmox")) {
      replaceSpelling(entry, change, ADDRESSES);
    }
    NAMES.forEach(names -> replaceSpelling(entry, change, names));
    change.properties().forEach(key -> entry.set(key.getKey(), key.getValue()));
    return keepSecrets(stored, entry);
  }

  /** The change alone, but for the secrets. */
  static Amendment replace(SplitEntry stored, ObjectNode change) {
    ObjectNode entry = change.deepCopy();
    entry.set("id", stored.settings().path("id"));
    if (!entry.has("type")) {
      entry.set(
          "provider",
          change.path("provider").isMissingNode()
              ? stored.settings().path("provider")
              : change.path("provider"));
    }
    return keepSecrets(stored, entry);
  }

  private static boolean given(ObjectNode change, String key) {
    JsonNode value = change.get(key);
    return value != null
        && !value.isNull()
        && !(value.isTextual() && value.textValue().isBlank())
        && !(value.isBoolean() && !value.booleanValue());
  }

  private static void replaceSpelling(ObjectNode entry, ObjectNode change, Set<String> spelling) {
    if (spelling.stream().anyMatch(change::has)) {
      entry.remove(spelling);
    }
  }

  private static Amendment keepSecrets(SplitEntry stored, ObjectNode entry) {
    Set<String> kept = new TreeSet<>();
    List<String> absent = new ArrayList<>();
    entry.properties().stream()
        .filter(key ->
            key.getValue().isNull()
                || (SCHEMA.isSecret(key.getKey()) && key.getValue().asText().isBlank()))
        .forEach(key -> absent.add(key.getKey()));
    boolean proxyGone = absent.contains("proxy");
    entry.remove(absent);
    stored
        .secrets()
        .forEach((key, value) -> {
          if (key.equals("proxy")) {
            if (!proxyGone && entry.path(key).equals(stored.settings().path(key))) {
              entry.put(key, value);
              kept.add(key);
            }
          } else if (!entry.has(key) && isMeant(key, entry.path("provider").asText(), entry)) {
            entry.put(key, value);
            kept.add(key);
          }
        });
    return new Amendment(entry, kept);
  }

  /** The keys of the secrets that go with a platform's own keys. */
  static List<String> secretsOf(String provider, ObjectNode settings) {
    return SECRETS.stream().filter(secret -> isMeant(secret, provider, settings)).toList();
  }

  /** Whether the rest of the entry speaks of this secret. */
  private static boolean isMeant(String secret, String provider, ObjectNode entry) {
    return switch (secret) {
      case "tokenSecret" -> entry.has("tokenId");
      case "actionTokenSecret" -> entry.has("actionTokenId");
      case "token" -> entry.has("url");
      case "kubeConfig" ->
          provider.equals("kubernetes")
              && !entry.has("url")
              && !entry.has("kubeConfigPath")
              && !given(entry, "inCluster");
      case "password" -> entry.has("username");
      case "applicationCredentialSecret" -> entry.has("applicationCredentialId");
      default -> false;
    };
  }
}
