package io.muster.simulator.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is said about wrong parameters, in Proxmox's words. */
class VerifierTest {
  private static Map<String, String> faults(
      Release release, String method, String path, Map<String, String> parameters) {
    ApiSchema.Match match = found(release, method, path);
    Map<String, List<String>> all = new HashMap<>();
    match.pathParameters().forEach((name, value) -> all.put(name, List.of(value)));
    parameters.forEach((name, value) -> all.put(name, List.of(value)));
    return Verifier.faults(match.method(), all);
  }

  private static ApiSchema.Match found(Release release, String method, String path) {
    return Objects.requireNonNull(
        ApiSchema.of(release).find(method, path), () -> method + " " + path + " in " + release);
  }

  private static Map<String, String> onCreate(String name, String value) {
    return faults(Release.PVE_9_2, "POST", "/nodes/pve1/qemu", Map.of("vmid", "150", name, value));
  }

  @Test
  void goodParameters_haveNoFault() {
    assertThat(
            faults(
                Release.PVE_9_2,
                "POST",
                "/nodes/pve1/qemu",
                Map.of("vmid", "150", "name", "a.b", "net0", "virtio,bridge=vmbr0", "cores", "2")))
        .isEmpty();
  }

  @Test
  void missingParameter_isNamed() {
    assertThat(faults(Release.PVE_9_2, "POST", "/nodes/pve1/qemu", Map.of()))
        .containsExactly(Map.entry("vmid", "property is missing and it is not optional"));
  }

  @Test
  void numberOfAGuest_hasAFormat() {
    assertThat(faults(Release.PVE_9_2, "GET", "/cluster/nextid", Map.of("vmid", "99")))
        .containsEntry("vmid", "invalid format - value does not look like a valid VM ID\n");
  }

  @Test
  void values_areHeldAgainstRangeChoiceAndLength() {
    assertThat(onCreate("cores", "0"))
        .containsEntry("cores", "value must have a minimum value of 1");
    assertThat(onCreate("bios", "other"))
        .containsEntry(
            "bios", "value 'other' does not have a value in the enumeration 'seabios, ovmf'");
    assertThat(onCreate("description", "x".repeat(8193)))
        .containsEntry("description", "value may only be 8192 characters long");
    assertThat(onCreate("name", "bad name"))
        .containsEntry("name", "invalid format - value does not look like a valid DNS name\n");
    assertThat(onCreate("serial0", "/tmp/x"))
        .containsEntry("serial0", "value does not match the regex pattern");
    assertThat(onCreate("onboot", ""))
        .containsEntry("onboot", "type check ('boolean') failed - got ''");
  }

  @Test
  void releases_differ() {
    String path = "/nodes/pve1/rrddata";

    assertThat(faults(Release.PVE_9_2, "GET", path, Map.of("timeframe", "decade"))).isEmpty();
    assertThat(faults(Release.PVE_8_4, "GET", path, Map.of("timeframe", "decade")))
        .containsEntry(
            "timeframe",
            "value 'decade' does not have a value in the enumeration 'hour, day, week, month,"
                + " year'");
    assertThat(ApiSchema.of(Release.PVE_8_4).find("GET", "/cluster/ha/rules")).isNull();
    assertThat(ApiSchema.of(Release.PVE_9_2).find("GET", "/cluster/ha/rules")).isNotNull();
  }

  @Test
  void export_runsInAWorkerOn8Only() {
    ApiSchema.Match eight = found(Release.PVE_8_4, "GET", "/cluster/metrics/export");
    ApiSchema.Match nine = found(Release.PVE_9_2, "GET", "/cluster/metrics/export");

    assertThat(eight.method().runsInWorker()).isTrue();
    assertThat(nine.method().runsInWorker()).isFalse();
  }
}
