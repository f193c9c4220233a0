package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GuestChangesTest {
  private static final String VM = "/nodes/pve1/qemu/100";

  private final Clock clock = new Clock();
  private final Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.INSTANT);

  private String exitOf(String method, String path, String... parameters) throws Exception {
    return String.valueOf(asked.task(asked.begin(method, path, parameters)).get("exitstatus"));
  }

  @Test
  void snapshots_areListedWithTheCurrentState() throws Exception {
    assertThat(exitOf("POST", VM + "/snapshot", "snapname=before1", "description=first"))
        .isEqualTo("OK");
    assertThat(asked.rows(VM + "/snapshot"))
        .containsExactlyInAnyOrder(
            Map.of(
                "name",
                "before1",
                "snaptime",
                Asked.START / 1000,
                "description",
                "first",
                "vmstate",
                0),
            Map.of(
                "name",
                "current",
                "description",
                "You are here!",
                "parent",
                "before1",
                "running",
                1,
                "digest",
                asked.object(VM + "/config").get("digest")));
  }

  @Test
  void snapshotFailures_areInTheTask() throws Exception {
    exitOf("POST", VM + "/snapshot", "snapname=before1");
    assertThat(exitOf("POST", VM + "/snapshot", "snapname=before1"))
        .isEqualTo("snapshot name 'before1' already used");
    assertThat(exitOf("POST", VM + "/snapshot/nope/rollback"))
        .isEqualTo("snapshot 'nope' does not exist");
    assertThat(exitOf("DELETE", VM + "/snapshot/before1")).isEqualTo("OK");
    assertThat(exitOf("DELETE", VM + "/snapshot/before1"))
        .isEqualTo("snapshot 'before1' does not exist");
    assertThat(exitOf("POST", "/nodes/pve1/qemu/101/snapshot", "snapname=x1"))
        .isEqualTo("VM is locked (backup)");
  }

  @Test
  void rollbackWithoutMemory_stopsTheVmAndRestoresItsConfiguration() throws Exception {
    exitOf("POST", VM + "/snapshot", "snapname=before1");
    asked.call("PUT", VM + "/config", "description=changed");
    assertThat(exitOf("POST", VM + "/snapshot/before1/rollback")).isEqualTo("OK");
    assertThat(asked.object(VM + "/config")).doesNotContainKey("description");
    assertThat(asked.object(VM + "/status/current")).containsEntry("status", "stopped");
  }

  @Test
  void cloudInitPassword_isWriteOnly() throws Exception {
    assertThat(asked.call("PUT", VM + "/config", "cipassword=Secret1234", "ciuser=root")).isNull();
    assertThat(asked.object(VM + "/config"))
        .containsEntry("cipassword", "**********")
        .containsEntry("ciuser", "root")
        .containsEntry("memory", "128")
        .containsEntry("cores", 1);
    assertThat(asked.rows(VM + "/pending"))
        .contains(Map.of("key", "cipassword", "value", "**********"));
  }

  @Test
  void staleDigest_isRefused() throws Exception {
    Object digest = asked.object(VM + "/config").get("digest");
    assertThat(exitOf("POST", VM + "/config", "description=x", "digest=" + digest)).isEqualTo("OK");
    assertThatThrownBy(() -> asked.call("PUT", VM + "/config", "description=y", "digest=" + digest))
        .hasMessage("checksum mismatch (file change by other user?)");
  }

  @Test
  void newVm_isUnknownUntilItIsMeasured() throws Exception {
    assertThat(asked.call("GET", "/cluster/nextid")).isEqualTo("103");
    assertThat(exitOf("POST", "/nodes/pve1/qemu", "vmid=103", "name=fresh", "memory=64"))
        .isEqualTo("OK");
    assertThat(asked.resource("qemu/103")).containsEntry("status", "unknown");
    clock.passSeconds(12);
    assertThat(asked.resource("qemu/103"))
        .containsEntry("status", "stopped")
        .containsEntry("name", "fresh")
        .containsEntry("maxmem", 64L << 20);
    assertThatThrownBy(() -> asked.call("POST", "/nodes/pve1/qemu", "vmid=103"))
        .hasMessage("unable to create VM 103 - VM 103 already exists on node 'pve1'");
    assertThatThrownBy(() -> asked.call("GET", "/cluster/nextid", "vmid=103"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.errors()).isEqualTo(Map.of("vmid", "VM 103 already exists")));
  }

  @Test
  void clone_isAGuestOfItsOwn() throws Exception {
    String upid = asked.begin("POST", VM + "/clone", "newid=152", "name=c1");
    assertThat(upid).contains(":qmclone:100:");
    assertThat(asked.object("/nodes/pve1/qemu/152/config"))
        .containsEntry("name", "c1")
        .containsEntry("tags", "prod;shop")
        .doesNotContainKey("lock");
    assertThat(exitOf("DELETE", "/nodes/pve1/qemu/152", "purge=1")).isEqualTo("OK");
    assertThatThrownBy(() -> asked.object("/nodes/pve1/qemu/152/config"))
        .hasMessage("Configuration file 'nodes/pve1/qemu-server/152.conf' does not exist");
  }

  @Test
  void deletion_isRefusedWhileProtectedOrRunning() {
    assertThatThrownBy(() -> asked.call("DELETE", "/nodes/pve1/qemu/101"))
        .hasMessage("can't remove VM 101 - protection mode enabled");
    assertThatThrownBy(() -> asked.call("DELETE", VM))
        .hasMessage("VM 100 is running - destroy failed");
    assertThatThrownBy(() -> asked.call("DELETE", "/nodes/pve1/qemu/9999"))
        .hasMessage("Configuration file 'nodes/pve1/qemu-server/9999.conf' does not exist");
  }

  @Test
  void agent_saysWhyItDoesNotAnswer() throws Exception {
    assertThatThrownBy(() -> asked.call("POST", VM + "/agent/ping"))
        .hasMessage("QEMU guest agent is not running");
    assertThatThrownBy(() -> asked.call("GET", "/nodes/pve1/qemu/101/agent/get-osinfo"))
        .hasMessage("No QEMU guest agent configured");
    asked.world().setAgentAnswers(100, true);
    assertThat(asked.call("POST", VM + "/agent/ping")).isEqualTo(Map.of("result", Map.of()));
    assertThat(String.valueOf(asked.object(VM + "/agent/file-read", "file=/proc/meminfo")))
        .contains("MemAvailable:");
    asked.world().stopGuest(100);
    assertThatThrownBy(() -> asked.call("POST", VM + "/agent/ping"))
        .hasMessage("VM 100 is not running");
  }

  @Test
  void backupByHand_leavesAFile() throws Exception {
    assertThat(exitOf("POST", "/nodes/pve1/vzdump", "vmid=100", "storage=local")).isEqualTo("OK");
    assertThat(asked.rows("/nodes/pve1/storage/local/content", "content=backup"))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("volid", "local:backup/vzdump-qemu-100-2026_03_04-12_00_00.vma.zst")
                .containsEntry("vmid", 100)
                .containsEntry("subtype", "qemu")
                .containsEntry("notes", "shop"));
    assertThat(asked.rows("/cluster/backup-info/not-backed-up"))
        .extracting(row -> row.get("vmid"))
        .containsExactlyInAnyOrder(100, 101, 102, 200);
  }

  @Test
  void inactiveStorage_hasNoSizesAndNoContent() throws Exception {
    asked.world().setStorageActive("local", "pve1", false);
    assertThat(asked.rows("/nodes/pve1/storage"))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("active", 0)
                .containsEntry("total", 0L)
                .doesNotContainKey("used_fraction"));
    assertThatThrownBy(() -> asked.rows("/nodes/pve1/storage/local/content"))
        .hasMessage("storage 'local' is not online");
    assertThatThrownBy(() -> asked.object("/nodes/pve1/storage/nope/status"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.errors()).isEqualTo(Map.of("storage", "No such storage.")));
  }

  @Test
  void clusterFacts_areThoseOfASingleMachine() throws Exception {
    assertThat(asked.rows("/cluster/status"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("nodeid", 0).containsEntry("local", 1));
    assertThat(asked.rows("/cluster/ha/status/current"))
        .containsExactly(
            Map.of("id", "quorum", "type", "quorum", "node", "pve1", "status", "OK", "quorate", 1));
    assertThat(asked.rows("/cluster/ha/groups")).isEmpty();
    assertThat(asked.world().handlers()).doesNotContainKey("GET /cluster/ha/rules");
    assertThatThrownBy(() -> asked.call("GET", "/cluster/ceph/status"))
        .hasMessage("binary not installed: /usr/bin/ceph-mon");
    Asked nine = CustomWorlds.small(PveVersion.V9_2, clock, TaskPace.INSTANT);
    assertThatThrownBy(() -> nine.call("GET", "/cluster/ha/groups"))
        .hasMessage("cannot index groups: ha groups have been migrated to rules");
  }

  @Test
  void listedGuests_haveDiskCountersOnlyInFull() throws Exception {
    assertThat(asked.rows("/nodes/pve1/qemu").getFirst())
        .doesNotContainKeys("diskread", "qmpstatus");
    assertThat(asked.rows("/nodes/pve1/qemu", "full=1").getFirst())
        .containsKeys("diskread", "qmpstatus", "blockstat");
    assertThat(asked.rows("/nodes/pve1/lxc").getFirst().keySet())
        .containsExactlyInAnyOrder(
            "swap",
            "maxmem",
            "cpu",
            "cpus",
            "name",
            "mem",
            "diskwrite",
            "disk",
            "type",
            "maxswap",
            "vmid",
            "uptime",
            "maxdisk",
            "netin",
            "diskread",
            "netout",
            "status");
  }
}
