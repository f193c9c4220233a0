package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the token may see, from {@code /access/permissions}: path to privilege to "propagates". */
final class Privileges {
  /** What monitoring needs on {@code /}, and what is lost without it. */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("Sys.Audit", "metrics, load, quorum, HA, tasks and backup gaps");
    NEEDED.put("VM.Audit", "VMs and containers");
    NEEDED.put("Datastore.Audit", "storages and the age of backups");
    NEEDED.put("Pool.Audit", "pools, the groups of VMs");
  }

  private final Map<String, Map<String, Boolean>> granted;

  private Privileges(Map<String, Map<String, Boolean>> granted) {
    this.granted = granted;
  }

  static Privileges read(JsonNode data) throws MalformedAnswerException {
    Map<String, Map<String, Boolean>> granted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : Json.object(data).properties()) {
      Map<String, Boolean> held = new TreeMap<>();
      for (Map.Entry<String, JsonNode> privilege : path.getValue().properties()) {
        held.put(
            privilege.getKey(),
            Boolean.TRUE.equals(Json.flag(path.getValue(), privilege.getKey())));
      }
      granted.put(path.getKey(), held);
    }
    return new Privileges(granted);
  }

  /** Such as {@code Sys.Audit on /}. */
  List<String> missing() {
    return NEEDED.keySet().stream()
        .filter(privilege -> !everywhere(privilege, root(privilege)))
        .map(privilege -> privilege + " on " + lacking(privilege))
        .toList();
  }

  /** Sentences: what is missing, where, and what is lost with it. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    NEEDED.forEach((privilege, lost) -> {
      if (!everywhere(privilege, root(privilege))) {
        sentences.add(
            "The token lacks "
                + privilege
                + " on "
                + lacking(privilege)
                + ", so these are missing or incomplete: "
                + lost
                + ". Give both the user and the token the role PVEAuditor on / (propagating).");
      }
    });
    return sentences;
  }

  boolean seesAllVms() {
    return everywhere("VM.Audit", "/vms");
  }

  boolean seesAllNodes() {
    return everywhere("Sys.Audit", "/nodes");
  }

  /** Below which path the privilege matters. Sys.Audit is asked for on / itself. */
  private static String root(String privilege) {
    return switch (privilege) {
      case "VM.Audit" -> "/vms";
      case "Datastore.Audit" -> "/storage";
      case "Pool.Audit" -> "/pool";
      default -> "/";
    };
  }

  /** Held on {@code path} and everything below it: no path below is set without it. */
  private boolean everywhere(String privilege, String path) {
    String holder = granted.containsKey(path) ? path : "/";
    Map<String, Boolean> held = granted.getOrDefault(holder, Map.of());
    return Boolean.TRUE.equals(held.get(privilege))
        && granted.entrySet().stream()
            .filter(entry -> below(entry.getKey(), path))
            .allMatch(entry -> entry.getValue().containsKey(privilege));
  }

  private String lacking(String privilege) {
    String path = root(privilege);
    Map<String, Boolean> atRoot = granted.getOrDefault("/", Map.of());
    if (!Boolean.TRUE.equals(atRoot.get(privilege))) {
      return "/";
    }
    return granted.entrySet().stream()
        .filter(entry -> entry.getKey().equals(path) || below(entry.getKey(), path))
        .filter(entry -> !Boolean.TRUE.equals(entry.getValue().get(privilege)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("/");
  }

  /** Sys.Audit below / matters only on nodes. */
  private static boolean below(String path, String root) {
    return root.equals("/") ? path.startsWith("/nodes/") : path.startsWith(root + "/");
  }
}
