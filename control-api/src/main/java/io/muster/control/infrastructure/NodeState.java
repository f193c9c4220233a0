package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.rows.Row;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is, as its site's agent saw it last; null = not known.
 *
 * @param statusDetail the platform's own word
 * @param conditions the bad ones
 * @param version the platform's release on it
 * @param seenAt when it was seen so
 */
@Serdeable
record NodeState(
    @Schema(example = "pve-a") String node,
    @Schema(example = "prod") @Nullable String cluster,
    @Schema(example = "online") String status,
    @Nullable String statusDetail,
    @Nullable List<String> conditions,
    @Schema(example = "12") @Nullable Integer vmsRunning,
    @Schema(example = "15") @Nullable Integer vmsTotal,
    @Schema(example = "9.0.5") @Nullable String version,
    @Nullable String kernel,
    @Nullable String cpuModel,
    @Nullable List<String> addresses,
    @Nullable List<String> roles,
    @Nullable List<String> labels,
    @Nullable Instant seenAt) {
  static final String COLUMNS =
      "n.server_id, n.node, n.cluster, n.status, n.status_detail, n.conditions, n.vms_running,"
          + " n.vms_total, n.version, n.kernel, n.cpu_model, n.addresses, n.roles, n.labels, n.ts";

  NodeState {
    conditions = conditions == null ? null : List.copyOf(conditions);
    addresses = addresses == null ? null : List.copyOf(addresses);
    roles = roles == null ? null : List.copyOf(roles);
    labels = labels == null ? null : List.copyOf(labels);
  }

  static NodeState read(Row row) throws SQLException {
    return new NodeState(
        row.name("node"),
        row.text("cluster"),
        row.name("status"),
        row.text("status_detail"),
        row.list("conditions"),
        row.count("vms_running"),
        row.count("vms_total"),
        row.text("version"),
        row.text("kernel"),
        row.text("cpu_model"),
        row.list("addresses"),
        row.list("roles"),
        row.list("labels"),
        row.time("ts"));
  }
}
