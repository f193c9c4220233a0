package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.api.Answer;
import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TasksTest {
  private static final String STRANGER =
      "UPID:pve1:00000001:00000001:65000001:qmstart:100:root@pam:";

  private final Clock clock = new Clock();
  private final Asked asked = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.REAL);

  @Test
  void task_runsThenStopsWithAnExitStatus() throws Exception {
    String upid = asked.begin("POST", "/nodes/pve1/qemu/100/snapshot", "snapname=one");
    assertThat(upid)
        .matches("UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:qmsnapshot:100:ops@pve:");
    assertThat(asked.task(upid))
        .containsEntry("status", "running")
        .containsEntry("id", "100")
        .containsEntry("user", "ops@pve")
        .doesNotContainKeys("exitstatus", "tokenid");
    assertThat(asked.resource("qemu/100")).containsEntry("lock", "snapshot");
    assertThat(asked.rows("/nodes/pve1/tasks", "source=active"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("status", "RUNNING"));
    clock.passSeconds(4);
    assertThat(asked.task(upid))
        .containsEntry("status", "stopped")
        .containsEntry("exitstatus", "OK");
    assertThat(asked.resource("qemu/100")).doesNotContainKey("lock");
    assertThat(asked.rows("/nodes/pve1/tasks", "source=active")).isEmpty();
  }

  @Test
  void instantTask_isOverAtTheFirstLook() throws Exception {
    Asked fast = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.INSTANT);
    String upid = fast.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    assertThat(fast.task(upid)).containsEntry("exitstatus", "OK");
  }

  @Test
  void log_endsWithTheOutcome() throws Exception {
    String upid = asked.begin("POST", "/nodes/pve1/qemu/101/status/start");
    clock.passSeconds(1);
    assertThat(asked.call("GET", "/nodes/pve1/tasks/" + upid + "/log"))
        .isEqualTo(
            new Answer(
                List.of(Map.of("n", 1, "t", "TASK ERROR: VM is locked (backup)")),
                Map.of("total", 1)));
  }

  @Test
  void unknownTask_isABadParameterButItsLogIsAnObject() throws Exception {
    assertThatThrownBy(() -> asked.task(STRANGER))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.errors()).isEqualTo(Map.of("upid", "no such task"));
            });
    assertThat(asked.call("GET", "/nodes/pve1/tasks/" + STRANGER + "/log"))
        .isEqualTo(
            new Answer(
                Map.of("n", 1, "t", "unable to open file - No such file or directory"),
                Map.of("total", 1)));
    assertThatThrownBy(() -> asked.call("GET", "/nodes/pve1/tasks/UPID:x/status"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.errors()).containsEntry("upid", "unable to parse worker upid"));
  }

  @Test
  void task_isFoundOnItsOwnNodeOnly() throws Exception {
    Asked two = CustomWorlds.demo(PveVersion.V9_2, clock, 2, 0);
    two.world().addGuest(GuestSettings.vm(100, "pve1", true, Map.of()));
    String upid = two.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    assertThatThrownBy(() -> two.call("GET", "/nodes/pve2/tasks/" + upid + "/status"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.errors()).isEqualTo(Map.of("upid", "no such task")));
  }

  @Test
  void killedTask_isInterruptedAndFreesItsGuest() throws Exception {
    String upid = asked.begin("POST", "/nodes/pve1/qemu/100/snapshot", "snapname=one");
    asked.call("DELETE", "/nodes/pve1/tasks/" + upid);
    assertThat(asked.task(upid)).containsEntry("exitstatus", "received interrupt");
    clock.passSeconds(10);
    assertThat(asked.rows("/nodes/pve1/qemu/100/snapshot"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("name", "current"));
    assertThat(asked.resource("qemu/100")).doesNotContainKey("lock");
  }

  @Test
  void lists_canBeFilteredAndCount() throws Exception {
    for (int i = 0; i < 5; i++) {
      asked.begin("POST", "/nodes/pve1/qemu/101/status/start");
      asked.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    }
    clock.passSeconds(5);
    Answer errors =
        (Answer)
            Objects.requireNonNull(asked.call("GET", "/nodes/pve1/tasks", "errors=1", "limit=2"));
    assertThat(errors.siblings()).containsEntry("total", 5);
    assertThat((List<?>) errors.data()).hasSize(2);
    assertThat(asked.rows("/nodes/pve1/tasks", "vmid=100")).hasSize(5);
    assertThat(asked.rows("/nodes/pve1/tasks", "typefilter=qmstop")).hasSize(5);
    assertThat(asked.rows("/cluster/tasks")).extracting(row -> row.get("saved")).contains(1, "1");
    assertThat(asked.rows("/cluster/log", "max=3"))
        .hasSize(3)
        .first()
        .satisfies(line -> assertThat(line.get("uid")).isInstanceOf(String.class));
  }

  @Test
  void oldTasks_arePruned() throws Exception {
    Asked fast = CustomWorlds.small(PveVersion.V8_4, clock, TaskPace.INSTANT);
    String first = fast.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    for (int i = 0; i < 1_000; i++) {
      fast.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    }
    assertThatThrownBy(() -> fast.task(first)).isInstanceOf(ApiException.class);
  }

  @Test
  void tokenWithoutAudit_doesNotSeeTheClustersTasks() throws Exception {
    asked.begin("POST", "/nodes/pve1/qemu/100/status/stop");
    assertThat(asked.callWithout(Set.of("Sys.Audit"), "GET", "/cluster/tasks"))
        .isEqualTo(List.of());
  }

  @Test
  void life_makesBackupsThatLockTheirGuest() throws Exception {
    Asked alive =
        new Asked(
            ProxmoxWorld.demo(
                WorldSettings.of(PveVersion.V9_2, Asked.nodes(2))
                    .clock(clock)
                    .guests(10)
                    .life(true)
                    .build()));
    boolean locked = false;
    for (int i = 0; i < 720; i++) {
      clock.passSeconds(5);
      locked |=
          alive.rows("/cluster/resources", "type=vm").stream()
              .anyMatch(row -> "backup".equals(row.get("lock")));
    }
    assertThat(locked).isTrue();
    assertThat(alive.rows("/cluster/tasks")).extracting(row -> row.get("type")).contains("vzdump");
    assertThat(alive.rows("/nodes/pve1/storage/nas/content", "content=backup"))
        .anyMatch(row -> Asked.number(row, "ctime") > Asked.START / 1000);
  }
}
