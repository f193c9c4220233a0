package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.Claim;
import java.time.Instant;
import java.util.List;

/** {@code persistentvolumeclaims}. */
final class ClaimKind extends Kind<Claim> {
  private static final String MODE = "ReadWriteOnce";

  ClaimKind() {
    super(
        new Names(
            "",
            "v1",
            "persistentvolumeclaims",
            "persistentvolumeclaim",
            "PersistentVolumeClaim",
            true,
            List.of("pvc"),
            READ));
  }

  @Override
  void write(Claim claim, ObjectNode into) {
    ObjectNode spec = into.putObject("spec");
    spec.putArray("accessModes").add(MODE);
    spec.putObject("resources").putObject("requests").put("storage", Json.memory(claim.bytes()));
    spec.put("storageClassName", claim.storageClass())
        .put("volumeMode", "Filesystem")
        .put("volumeName", volume(claim));
    ObjectNode status = into.putObject("status").put("phase", "Bound");
    status.putArray("accessModes").add(MODE);
    status.putObject("capacity").put("storage", Json.memory(claim.bytes()));
  }

  private static String volume(Claim claim) {
    return "pvc-" + claim.meta().uid();
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.of("Status"),
        Column.of("Volume"),
        Column.of("Capacity"),
        Column.of("Access Modes"),
        Column.of("StorageClass"),
        Column.of("Age"));
  }

  @Override
  List<Object> cells(Claim claim, Instant now) {
    return List.of(
        "Bound",
        volume(claim),
        Json.memory(claim.bytes()),
        "RWO",
        claim.storageClass(),
        Age.of(claim.meta().created(), now));
  }
}
