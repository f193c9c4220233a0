package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recorded answers of real servers through the readers; what is expected was worked out by hand.
 */
@Tag("samples")
final class RealAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the generation before the newest one in recording 151. */
  private static final long BEFORE = 1795171516;

  private static final long NEWEST = 1795171526;

  private Path samples = Path.of(".");

  @BeforeEach
  void folder() {
    String folder = System.getProperty("muster.samples", "");
    assumeTrue(
        !folder.isBlank(),
        "not run: give the folder of recorded answers with -Dmuster.samples=<folder>");
    samples = Path.of(folder, "proxmox");
  }

  private InputStream recording(String number) throws IOException {
    try (Stream<Path> files = Files.list(samples.resolve("real-server-8.4.21"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith(number + "-"))
              .findFirst()
              .orElseThrow();
      JsonNode body = JSON.readTree(file.toFile()).path("body");
      return new ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private JsonNode data(String number) throws IOException {
    return Json.data(recording(number));
  }

  private JsonNode live(String name) throws IOException {
    return Json.data(Files.newInputStream(samples.resolve("public-recordings").resolve(name)));
  }

  @Test
  void resources_giveStatesAndStorages() throws IOException {
    Resources resources = Resources.read(data("122"));

    assertThat(resources.nodes()).extracting(Resources.Node::name).containsExactly("pve1");
    var guests = StateMaker.guests(resources, new SlowFacts());
    assertThat(guests)
        .extracting(vm -> vm.vmId() + " " + vm.status() + " " + vm.node() + " " + vm.lockedBy())
        .containsExactly(
            "lxc:102 STOPPED pve1 null",
            "qemu:100 RUNNING pve1 null",
            "qemu:101 STOPPED pve1 backup",
            "qemu:200 UNKNOWN pve2 null");
    assertThat(guests.get(1).tags()).containsExactly("prod", "web");
    assertThat(guests.get(1).template()).isFalse();
    assertThat(guests.get(3).name()).isNull();
    assertThat(StorageSamples.of(resources, Instant.EPOCH))
        .containsExactly(
            new StorageSample(
                Instant.EPOCH,
                "pve1",
                "local",
                "dir",
                StorageSample.Status.AVAILABLE,
                39672610816L,
                270553174016L));
  }

  @Test
  void resourcesOfATokenWithoutRights_areOneBareNode() throws IOException {
    Resources resources = Resources.read(data("121"));

    assertThat(resources.nodes()).hasSize(1);
    assertThat(resources.guests()).isEmpty();
    assertThat(Privileges.read(data("117")).seesAllVms()).isFalse();
  }

  @Test
  void export_givesSamplesAtTheNodesTime() throws IOException {
    Export export = Export.read(recording("150"));
    List<Measurement> first = new Ledger().take(export, null, Long.MAX_VALUE);

    assertThat(export.nodes()).containsExactly("pve1");
    assertThat(first)
        .as("the node's own rows have no time")
        .extracting(Measurement::id)
        .containsExactly("lxc/102", "qemu/100", "qemu/101");
    VmSample web =
        SampleMaker.guest(
            Instant.ofEpochSecond(first.get(1).epochSecond()),
            "qemu:100",
            false,
            first.get(1),
            false,
            null);
    assertThat(web.ts()).isEqualTo(Instant.ofEpochSecond(1795171526));
    assertThat(web.cpuUsageRatio()).isEqualTo(0.0109263791523105);
    assertThat(web.cpuCores()).isEqualTo(1);
    assertThat(web.memoryUsedBytes()).isEqualTo(5919929);
    assertThat(web.memoryTotalBytes()).isEqualTo(134217728);
    assertThat(web.diskTotalBytes()).isEqualTo(1073741824);
    assertThat(web.diskUsedBytes()).isNull();
    assertThat(web.diskReadBytesPerSecond()).as("no baseline").isNull();
    assertThat(web.uptimeSeconds()).isEqualTo(28);
  }

  @Test
  void exportHistory_givesRatesAgainstTheGenerationBefore() throws IOException {
    List<Measurement> taken =
        new Ledger().take(Export.read(recording("151")), BEFORE, Long.MAX_VALUE);

    assertThat(taken)
        .extracting(Measurement::id)
        .containsExactly("lxc/102", "qemu/100", "qemu/101");
    Measurement web = taken.get(1);
    assertThat(web.epochSecond()).isEqualTo(NEWEST);
    assertThat(web.sampleSeconds()).isEqualTo(10);
    assertThat(web.rate(Metric.NET_IN)).isZero();
    assertThat(taken.get(0).rate(Metric.NET_IN)).as("stopped: no counter").isNull();
  }

  @Test
  void exportHistory_hasNoRateAcrossAStop() throws IOException {
    List<Measurement> afterStop =
        new Ledger()
            .take(Export.read(recording("151")), 1795171496L, 1795171506L).stream()
                .filter(measurement -> measurement.id().equals("qemu/100"))
                .toList();

    assertThat(afterStop).hasSize(1);
    assertThat(afterStop.getFirst().sampleSeconds()).isEqualTo(10);
    assertThat(afterStop.getFirst().rate(Metric.DISK_READ)).isNull();
  }

  @Test
  void rrdOfALiveNodeOf9_givesPressureAndArc() throws IOException {
    List<RrdRow> rows = RrdRow.read(live("rrddata-pve9-node.json"));
    NodeSample first = SampleMaker.pressure("node1", rows.getFirst());

    assertThat(rows).hasSize(12);
    assertThat(first.ts()).isEqualTo(Instant.ofEpochMilli(1785168419_999L));
    assertThat(first.sampleSeconds()).isEqualTo(60);
    assertThat(first.pressureCpuRatio()).isCloseTo(0.0199333333, within(1e-9));
    assertThat(first.pressureIoRatio()).isZero();
    assertThat(first.pressureMemoryRatio()).isZero();
    assertThat(first.zfsArcBytes()).isEqualTo(1610934107L);
    assertThat(first.memoryUsedBytes()).isNull();
  }

  @Test
  void rrdOfALiveNodeOf8_knowsNothingOfPressure() throws IOException {
    assertThat(RrdRow.read(live("rrddata-pve8-node.json"))).isEmpty();
  }

  @Test
  void clusterStatusOfARealCluster_givesQuorumAndAddresses() throws IOException {
    ClusterStatus status = ClusterStatus.read(live("cluster-status-5nodes.json"));

    assertThat(status.name()).isEqualTo("clustername");
    assertThat(status.quorate()).isTrue();
    assertThat(status.expected()).isEqualTo(4);
    assertThat(status.local()).isEqualTo("node1");
    assertThat(status.addresses())
        .containsEntry("node1", "192.0.2.3")
        .containsEntry("node2", "192.0.2.1")
        .hasSize(4);
  }

  @Test
  void nodeStatus_givesVersionKernelAndLoad() throws IOException {
    NodeStatusFacts lab = NodeStatusFacts.read(data("129"));
    NodeStatusFacts real = NodeStatusFacts.read(live("node-status-pve8.json"));

    assertThat(lab.version()).isEqualTo("8.4.21");
    assertThat(lab.kernel()).isEqualTo("6.17.2-1-pve");
    assertThat(lab.cpuModel()).isEqualTo("AMD EPYC");
    assertThat(lab.load1()).isEqualTo(12.09);
    assertThat(lab.load15()).isEqualTo(5.21);
    assertThat(real.version()).isEqualTo("8.4-1");
    assertThat(real.kernel()).isEqualTo("6.8.12-4-pve");
  }

  @Test
  void tasks_becomeEventsWithTheirEnd() throws IOException {
    List<Event> events = TaskReader.read(data("126"), "c", Set.of("qemu:100"));

    Event failed =
        events.stream()
            .filter(event -> event.eventId().contains("00002BA8"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.state()).isEqualTo(Event.State.FAILED);
    assertThat(failed.user()).isEqualTo("ops@pve!nosep");
    assertThat(failed.vmId()).isEqualTo("qemu:98765");
    assertThat(failed.startedAt()).isEqualTo(Instant.ofEpochSecond(1795171532));
    assertThat(failed.message())
        .isEqualTo("Configuration file 'nodes/pve1/qemu-server/98765.conf' does not exist");
    assertThat(events).filteredOn(event -> event.state() == Event.State.OK).isNotEmpty();
  }

  @Test
  void smallAnswers_areRead() throws IOException {
    assertThat(Release.read(data("110"))).isEqualTo(new Release("8.4.21", 8, 4, 21));
    assertThat(HaStatus.read(data("152"))).isEqualTo(new HaStatus(0));
    assertThat(BackupReader.withoutJob(data("161")))
        .containsExactly("lxc:102", "qemu:100", "qemu:101", "qemu:200");
    assertThat(BackupReader.newest(data("159"))).isEmpty();
    assertThat(NodeReader.ballooned(data("137"))).isEmpty();
    assertThat(Objects.requireNonNull(NodeReader.fingerprints(data("124")).get("pve1")).value())
        .startsWith("8F:C1:D4");
    assertThat(StatusWords.guest("prelaunch")).isEqualTo(VmStatus.PENDING);
  }
}
