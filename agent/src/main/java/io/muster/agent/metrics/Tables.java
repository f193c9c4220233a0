package io.muster.agent.metrics;

import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that the agent writes, column by column as in {@code schema.sql}. */
final class Tables {
  static final Table<AttemptRow> CONNECTION_METRICS =
      Table.<AttemptRow>ofServer("connection_metrics")
          .symbol("agent", AttemptRow::agent)
          .truth("success", row -> row.attempt().success())
          .real("response_time_ms", row -> row.attempt().responseTimeMs())
          .integer("api_calls", row -> row.attempt().apiCalls())
          .integer("rows_read", row -> row.attempt().rowsRead())
          .symbol("failure", row -> name(row.attempt().failure()))
          .text("error_message", row -> row.attempt().errorMessage())
          .symbol("breaker", row -> row.attempt().breaker().label())
          .whole("timeout_ms", row -> row.attempt().timeout().toMillis())
          .whole("interval_ms", row -> row.attempt().interval().toMillis())
          .symbol("route", row -> row.attempt().route())
          .integer("nodes_online", row -> row.attempt().nodesOnline())
          .integer("nodes_total", row -> row.attempt().nodesTotal())
          .whole("clock_skew_ms", row -> row.attempt().clockSkewMs())
          .build();

  static final Table<ServerState> SERVER_STATES =
      Table.<ServerState>ofServer("server_states")
          .symbol("state", state -> state.lifecycle().label())
          .time("until", ServerState::until)
          .whole("interval_ms", state -> state.interval().toMillis())
          .symbol("version", state -> state.facts().version())
          .symbol("endpoint", state -> string(state.facts().endpoint()))
          .time("token_expires_at", state -> state.facts().tokenExpiresAt())
          .time("certificate_expires_at", state -> state.facts().certificateExpiresAt())
          .symbol("certificate_sha256", state -> string(state.facts().certificateSha256()))
          .list("missing_privileges", state -> state.facts().missingPrivileges())
          .symbol("duplicate_of", state -> state.facts().duplicateOf())
          .list("tags", ServerState::tags)
          .build();

  static final Table<ClusterSample> CLUSTER_METRICS =
      Table.<ClusterSample>ofServer("cluster_metrics")
          .symbol("cluster", ClusterSample::cluster)
          .integer("quorate", sample -> oneOrZero(sample.quorate()))
          .integer("nodes_expected", ClusterSample::nodesExpected)
          .integer("nodes_online", ClusterSample::nodesOnline)
          .integer("ha_errors", ClusterSample::haErrors)
          .symbol("ceph_health", ClusterSample::cephHealth)
          .integer("updates_pending", ClusterSample::updatesPending)
          .build();

  static final Table<NodeSample> NODE_METRICS =
      Table.<NodeSample>ofServer("node_metrics")
          .symbol("node", NodeSample::node)
          .integer("sample_seconds", NodeSample::sampleSeconds)
          .real("cpu_usage_ratio", NodeSample::cpuUsageRatio)
          .real("cpu_cores", NodeSample::cpuCores)
          .real("load1", NodeSample::load1)
          .real("load5", NodeSample::load5)
          .real("load15", NodeSample::load15)
          .real("iowait_ratio", NodeSample::iowaitRatio)
          .whole("memory_used_bytes", NodeSample::memoryUsedBytes)
          .whole("memory_total_bytes", NodeSample::memoryTotalBytes)
          .whole("swap_used_bytes", NodeSample::swapUsedBytes)
          .whole("swap_total_bytes", NodeSample::swapTotalBytes)
          .whole("disk_used_bytes", NodeSample::diskUsedBytes)
          .whole("disk_total_bytes", NodeSample::diskTotalBytes)
          .real("network_receive_bytes_per_second", NodeSample::networkReceiveBytesPerSecond)
          .real("network_transmit_bytes_per_second", NodeSample::networkTransmitBytesPerSecond)
          .real("pressure_cpu_ratio", NodeSample::pressureCpuRatio)
          .real("pressure_memory_ratio", NodeSample::pressureMemoryRatio)
          .real("pressure_io_ratio", NodeSample::pressureIoRatio)
          .whole("zfs_arc_bytes", NodeSample::zfsArcBytes)
          .whole("uptime_seconds", NodeSample::uptimeSeconds)
          .real("vcpus_allocated", NodeSample::vcpusAllocated)
          .whole("memory_allocated_bytes", NodeSample::memoryAllocatedBytes)
          .build();

  static final Table<NodeState> NODE_STATES =
      Table.<NodeState>ofServer("node_states")
          .symbol("node", NodeState::node)
          .symbol("cluster", NodeState::cluster)
          .symbol("status", state -> state.status().label())
          .text("status_detail", NodeState::statusDetail)
          .list("conditions", NodeState::conditions)
          .integer("vms_running", NodeState::vmsRunning)
          .integer("vms_total", NodeState::vmsTotal)
          .symbol("version", NodeState::version)
          .symbol("kernel", NodeState::kernel)
          .symbol("cpu_model", NodeState::cpuModel)
          .list("addresses", NodeState::addresses)
          .list("roles", NodeState::roles)
          .list("labels", NodeState::labels)
          .time("maintenance_until", NodeState::maintainedUntil)
          .build();

  static final Table<VmSample> VM_METRICS =
      Table.<VmSample>ofServer("vm_metrics")
          .symbol("vm_id", VmSample::vmId)
          .integer("sample_seconds", VmSample::sampleSeconds)
          .real("cpu_usage_ratio", VmSample::cpuUsageRatio)
          .real("cpu_cores", VmSample::cpuCores)
          .whole("memory_used_bytes", VmSample::memoryUsedBytes)
          .whole("memory_total_bytes", VmSample::memoryTotalBytes)
          .symbol(
              "memory_source",
              sample -> sample.memorySource() == null ? null : sample.memorySource().label())
          .whole("host_memory_bytes", VmSample::hostMemoryBytes)
          .whole("disk_used_bytes", VmSample::diskUsedBytes)
          .whole("disk_total_bytes", VmSample::diskTotalBytes)
          .real("disk_read_bytes_per_second", VmSample::diskReadBytesPerSecond)
          .real("disk_write_bytes_per_second", VmSample::diskWriteBytesPerSecond)
          .real("network_receive_bytes_per_second", VmSample::networkReceiveBytesPerSecond)
          .real("network_transmit_bytes_per_second", VmSample::networkTransmitBytesPerSecond)
          .whole("uptime_seconds", VmSample::uptimeSeconds)
          .build();

  static final Table<VmState> VM_STATES =
      Table.<VmState>ofServer("vm_states")
          .symbol("vm_id", VmState::vmId)
          .symbol("cluster", VmState::cluster)
          .symbol("node", VmState::node)
          .text("vm", VmState::name)
          .symbol("vm_group", VmState::group)
          .symbol("type", state -> state.type().label())
          .symbol("status", state -> state.status().label())
          .text("status_detail", VmState::statusDetail)
          .symbol("locked_by", VmState::lockedBy)
          .list("tags", VmState::tags)
          .symbol("template", state -> yesOrNo(state.template()))
          .integer("restarts", VmState::restarts)
          .integer("replicas_ready", VmState::replicasReady)
          .integer("replicas_desired", VmState::replicasDesired)
          .time("last_backup_at", VmState::lastBackupAt)
          .build();

  static final Table<StorageSample> STORAGE_METRICS =
      Table.<StorageSample>ofServer("storage_metrics")
          .symbol("node", StorageSample::node)
          .symbol("storage", StorageSample::storage)
          .symbol("kind", StorageSample::kind)
          .symbol("status", sample -> sample.status().label())
          .whole("used_bytes", StorageSample::usedBytes)
          .whole("total_bytes", StorageSample::totalBytes)
          .build();

  static final Table<QuotaSample> QUOTA_METRICS =
      Table.<QuotaSample>ofServer("quota_metrics")
          .symbol("project", QuotaSample::project)
          .symbol("resource", QuotaSample::resource)
          .whole("used", QuotaSample::used)
          .whole("limit_value", QuotaSample::limitValue)
          .build();

  static final Table<Event> EVENTS =
      Table.<Event>ofServer("events")
          .text("event_id", Event::eventId)
          .symbol("cluster", Event::cluster)
          .symbol("node", Event::node)
          .text("vm_id", Event::vmId)
          .symbol("source", event -> event.source().label())
          .symbol("type", Event::type)
          .text("user", Event::user)
          .symbol("severity", event -> event.severity().label())
          .symbol("state", event -> event.state().label())
          .integer("count", Event::count)
          .text("message", Event::message)
          .time("ended_at", Event::endedAt)
          .build();

  static final Table<AgentRow> AGENT_METRICS =
      Table.<AgentRow>ofAgent("agent_metrics")
          .symbol("site", AgentRow::site)
          .symbol("agent", AgentRow::agent)
          .symbol("version", row -> row.sample().version())
          .integer("servers", row -> row.sample().servers())
          .whole("rows_written", row -> row.writer().rowsWritten())
          .whole("rows_dropped", row -> row.writer().rowsDropped())
          .whole("rows_quarantined", row -> row.writer().rowsQuarantined())
          .whole("rows_spooled", row -> row.writer().rowsSpooled())
          .whole("spool_bytes", row -> row.writer().spoolBytes())
          .real("poll_lag_ms", row -> row.sample().pollLagMs())
          .real("write_lag_ms", row -> row.writer().writeLagMs())
          .whole("heap_used_bytes", AgentRow::heapUsedBytes)
          .real("process_cpu_ratio", AgentRow::processCpuRatio)
          .build();

  static final List<Table<?>> ALL =
      List.of(
          CONNECTION_METRICS,
          SERVER_STATES,
          CLUSTER_METRICS,
          NODE_METRICS,
          NODE_STATES,
          VM_METRICS,
          VM_STATES,
          STORAGE_METRICS,
          QUOTA_METRICS,
          EVENTS,
          AGENT_METRICS);

  private Tables() {}

  /** An attempt and the agent that made it. */
  record AttemptRow(String agent, ConnectionAttempt attempt) {}

  /**
   * The agent's health as it is stored.
   *
   * @param processCpuRatio 0–1 of the whole machine; null = not known yet
   */
  record AgentRow(
      String site,
      String agent,
      AgentSample sample,
      WriterStatus writer,
      @Nullable Long heapUsedBytes,
      @Nullable Double processCpuRatio) {}

  static Row<?> row(Origin origin, Sample sample) {
    return switch (sample) {
      case ClusterSample s -> new Row<>(CLUSTER_METRICS, origin, s.ts(), s);
      case NodeSample s -> new Row<>(NODE_METRICS, origin, s.ts(), s);
      case VmSample s -> new Row<>(VM_METRICS, origin, s.ts(), s);
      case StorageSample s -> new Row<>(STORAGE_METRICS, origin, s.ts(), s);
      case QuotaSample s -> new Row<>(QUOTA_METRICS, origin, s.ts(), s);
    };
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable Integer oneOrZero(@Nullable Boolean value) {
    return value == null ? null : value ? 1 : 0;
  }

  private static @Nullable String yesOrNo(@Nullable Boolean value) {
    return value == null ? null : value ? "yes" : "no";
  }
}
