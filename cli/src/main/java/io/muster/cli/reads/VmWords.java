package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.verb.Words;
import java.util.ArrayList;
import java.util.Locale;

/** What is said of VMs. */
final class VmWords {
  private VmWords() {}

  /** As {@link VmAddress} reads it. */
  static String address(JsonNode vm) {
    return vm.path("serverName").asText() + "/" + vm.path("vmId").asText();
  }

  /** Of pods and deployments the id says it already. */
  static String nameBesideId(JsonNode vm) {
    var name = Words.of(vm.path("name"));
    return vm.path("vmId").asText().endsWith(":" + name) ? "" : name;
  }

  /** With the platform's own word where that says more, and what holds it. */
  static String status(JsonNode vm) {
    var status = Words.of(vm.path("status"));
    var more = new ArrayList<String>();
    var detail = vm.path("statusDetail").asText("");
    if (!detail.isEmpty() && !detail.toLowerCase(Locale.ROOT).equals(status)) {
      more.add(detail);
    }
    if (vm.hasNonNull("lockedBy")) {
      more.add("locked by " + vm.path("lockedBy").asText());
    }
    if (vm.hasNonNull("replicasDesired")) {
      more.add(
          "%s of %s ready"
              .formatted(Words.of(vm.path("replicasReady")), vm.path("replicasDesired").asText()));
    }
    return more.isEmpty() ? status : status + " (" + String.join(", ", more) + ")";
  }
}
