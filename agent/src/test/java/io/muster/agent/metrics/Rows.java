package io.muster.agent.metrics;

import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows and states to test with. */
final class Rows {
  static final ServerFacts NO_FACTS = new ServerFacts(null, null, null, null, null, null, null);

  private Rows() {}

  /** A server of its own, so that tests that share a database don't see each other. */
  static Origin origin() {
    return new Origin(
        "lab", ProviderKind.PROXMOX, new ServerId(UUID.randomUUID()), "rack 1 'left'");
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** A row of every table with every column filled. */
  static List<Row<?>> full(Origin origin, Instant ts) {
    Instant later = ts.plusSeconds(5).plusNanos(123_456_000);
    return List.of(
        new Row<>(
            Tables.CONNECTION_METRICS,
            origin,
            ts,
            new Tables.AttemptRow(
                "b9b0f9a5-1111-4222-8333-444455556666",
                new ConnectionAttempt(
                    ts,
                    12.5,
                    4,
                    77,
                    Failure.UNREACHABLE,
                    "Cannot list guests of pve-1: \"no route\",\nline two = ü €",
                    BreakerState.HALF_OPEN,
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(10),
                    "tailscale",
                    2,
                    3,
                    -1_250L))),
        new Row<>(
            Tables.SERVER_STATES,
            origin,
            ts,
            new ServerState(
                Lifecycle.MAINTENANCE,
                later,
                Duration.ofSeconds(10),
                new ServerFacts(
                    "9.2.11",
                    URI.create("https://pve-1.example.org:8006"),
                    later,
                    later.plusSeconds(60),
                    new Fingerprint("ab".repeat(32)),
                    List.of("Sys.Audit on /", "VM.Audit on /vms"),
                    "rack 2"),
                List.of("prod", "edge"))),
        new Row<>(
            Tables.CLUSTER_METRICS,
            origin,
            ts,
            new ClusterSample(ts, "lab cluster", true, 3, 2, 1, "HEALTH_WARN", 17)),
        new Row<>(Tables.NODE_METRICS, origin, ts, fullNode(ts)),
        new Row<>(
            Tables.NODE_STATES,
            origin,
            ts,
            new NodeState(
                "pve-1",
                "lab cluster",
                NodeStatus.ONLINE,
                "online",
                List.of("DiskPressure"),
                5,
                7,
                "9.2.11",
                "6.17.2-1-pve",
                "AMD EPYC 7313P",
                List.of("10.0.0.1", "fd00::1"),
                List.of("worker"),
                List.of("zone=a", "with;semicolon"),
                later)),
        new Row<>(
            Tables.VM_METRICS,
            origin,
            ts,
            new VmSample(
                ts,
                "qemu:101",
                10,
                0.25,
                4.0,
                3_000_000_000L,
                4_000_000_000L,
                MemorySource.BALLOON,
                4_100_000_000L,
                5L,
                6L,
                7.5,
                8.5,
                9.5,
                10.5,
                86_400L)),
        new Row<>(Tables.VM_STATES, origin, ts, fullVm()),
        new Row<>(
            Tables.STORAGE_METRICS,
            origin,
            ts,
            new StorageSample(
                ts, "pve-1", "local-zfs", "zfspool", StorageSample.Status.AVAILABLE, 10L, 20L)),
        new Row<>(Tables.QUOTA_METRICS, origin, ts, new QuotaSample(ts, "team-a", "cores", 4L, 8L)),
        new Row<>(
            Tables.EVENTS,
            origin,
            ts,
            new Event(
                ts,
                "UPID:pve-1:000A:qmstart:101",
                "lab cluster",
                "pve-1",
                "qemu:101",
                Event.Source.TASK,
                "qmstart",
                "root@pam",
                Event.Severity.INFO,
                Event.State.OK,
                2,
                "VM 101 - Start",
                later)),
        new Row<>(
            Tables.AGENT_METRICS,
            null,
            ts,
            new Tables.AgentRow(
                origin.site(),
                origin.serverId().toString(),
                new AgentSample(ts, "0.1.0", 3, 1.5),
                new WriterStatus(true, null, ts, 100, 2, 3, 4, 5, 6, 7, 8.5, List.of(), List.of()),
                50_000_000L,
                0.125)));
  }

  /** A row of every table with every column null that may be. */
  static List<Row<?>> sparse(Origin origin, Instant ts) {
    return List.of(
        new Row<>(
            Tables.CONNECTION_METRICS,
            origin,
            ts,
            new Tables.AttemptRow("b9b0f9a5-1111-4222-8333-444455556666", attempt(ts, null))),
        new Row<>(
            Tables.SERVER_STATES,
            origin,
            ts,
            new ServerState(Lifecycle.ACTIVE, null, Duration.ofSeconds(10), NO_FACTS, List.of())),
        new Row<>(
            Tables.CLUSTER_METRICS,
            origin,
            ts,
            new ClusterSample(ts, "c", null, null, null, null, null, null)),
        new Row<>(Tables.NODE_METRICS, origin, ts, node(ts, "pve-1", null, null, null)),
        new Row<>(Tables.NODE_STATES, origin, ts, node("pve-1", NodeStatus.UNKNOWN)),
        new Row<>(Tables.VM_METRICS, origin, ts, vm(ts, "qemu:101", null, null, null)),
        new Row<>(Tables.VM_STATES, origin, ts, vm("qemu:101", VmStatus.UNKNOWN)),
        new Row<>(
            Tables.STORAGE_METRICS,
            origin,
            ts,
            new StorageSample(ts, null, "nfs", null, StorageSample.Status.UNKNOWN, null, null)),
        new Row<>(Tables.QUOTA_METRICS, origin, ts, new QuotaSample(ts, "p", "cores", null, null)),
        new Row<>(
            Tables.EVENTS,
            origin,
            ts,
            new Event(
                ts,
                "e1",
                null,
                null,
                null,
                Event.Source.LOG,
                "t",
                null,
                Event.Severity.ERROR,
                Event.State.RUNNING,
                null,
                null,
                null)),
        new Row<>(
            Tables.AGENT_METRICS,
            null,
            ts,
            new Tables.AgentRow(
                origin.site(),
                origin.serverId().toString(),
                new AgentSample(ts, "0.1.0", 0, null),
                new WriterStatus(false, null, null, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()),
                null,
                null)));
  }

  private static NodeSample fullNode(Instant ts) {
    return new NodeSample(
        ts, "pve-1", 10, 0.5, 16.0, 1.0, 2.0, 3.0, 0.01, 1L, 2L, 3L, 4L, 5L, 6L, 7.5, 8.5, 0.11,
        0.12, 0.13, 9L, 10L, 11.0, 12L);
  }

  private static VmState fullVm() {
    return new VmState(
        "qemu:101",
        "lab cluster",
        "pve-1",
        "web, \"one\" = ü",
        "pool-a",
        VmType.QEMU,
        VmStatus.RUNNING,
        "running",
        "backup",
        List.of("prod", "db"),
        false,
        3,
        1,
        2,
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  static NodeSample node(
      Instant ts,
      String node,
      @Nullable Double cpu,
      @Nullable Long memory,
      @Nullable Double pressure) {
    return new NodeSample(
        ts, node, 10, cpu, null, null, null, null, null, memory, memory, null, null, null, null,
        null, null, pressure, null, null, null, null, null, null);
  }

  static VmSample vm(
      Instant ts,
      String vmId,
      @Nullable Integer seconds,
      @Nullable Double cpu,
      @Nullable Long memory) {
    return new VmSample(
        ts, vmId, seconds, cpu, null, memory, memory, null, null, null, null, null, null, null,
        null, null);
  }

  static NodeState node(String node, NodeStatus status) {
    return new NodeState(
        node, null, status, null, List.of(), null, null, null, null, null, List.of(), List.of(),
        List.of());
  }

  static VmState vm(String vmId, VmStatus status) {
    return new VmState(
        vmId,
        null,
        null,
        null,
        null,
        VmType.QEMU,
        status,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  static ConnectionAttempt attempt(Instant ts, @Nullable Failure failure) {
    return new ConnectionAttempt(
        ts,
        null,
        0,
        0,
        failure,
        null,
        BreakerState.CLOSED,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        "direct",
        null,
        null,
        null);
  }

  static ServerState server(Lifecycle lifecycle, Duration interval) {
    return new ServerState(lifecycle, null, interval, NO_FACTS, List.of());
  }

  static Snapshot snapshot(
      List<NodeState> nodes, List<VmState> vms, List<? extends Sample> samples, boolean complete) {
    return new Snapshot(
        NO_FACTS,
        nodes,
        vms,
        List.copyOf(samples),
        List.of(),
        complete,
        complete,
        List.of(),
        1,
        null,
        null,
        null);
  }
}
