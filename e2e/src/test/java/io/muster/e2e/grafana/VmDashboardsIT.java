package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.grafana.Seed.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboards about VMs answer, on rows that are known. */
@TestInstance(Lifecycle.PER_CLASS)
class VmDashboardsIT {
  private static final Server EAST = Server.of("here", "proxmox", "east");
  private static final Server WEST = Server.of("here", "proxmox", "west");
  private static final Server CROWD = Server.of("here", "openstack", "crowd");

  /** One more than are drawn with a line. */
  private static final int MANY = 101;

  private static final Pattern FIELD_OF_A_LINK = Pattern.compile("__data\\.fields\\.(\\w+)");

  private static final String EVERY_VM = "Every VM of the chosen servers, the sick ones first";
  private static final String CHANGED = "VMs that changed state lately";

  private final MusterQuestDb questDb;
  private final Seed seed;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  VmDashboardsIT(@TempDir Path folder) throws Exception {
    questDb = MusterQuestDb.start(folder);
    seed = questDb.seed();
    history();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    questDb.close();
  }

  /** States age while tests run. */
  @BeforeEach
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var server : new Server[] {EAST, WEST, CROWD}) {
      seed.row("server_states", server, now).set("state", "active").set("interval_ms", 10_000);
    }
    state(EAST, "qemu:1", "web", "running", now).set("node", "n2").set("tags", ";prod;");
    state(EAST, "qemu:2", "it's", "stopped", now).set("vm_group", "o'group");
    state(EAST, "qemu:9", "golden", "stopped", now).set("template", "yes");
    state(WEST, "qemu:1", "web", "failed", now).set("tags", ";prod-2;");
    for (var i = 0; i < MANY; i++) {
      state(CROWD, "instance:" + i, "i" + i, "running", now).set("type", "instance");
      sample(CROWD, "instance:" + i, now, 3_600);
    }
    sample(EAST, "qemu:1", now, 3_600);
    seed.settle();
  }

  @Test
  void statusFilter_leavesTheChosenStates() throws SQLException {
    assertThat(vms(EVERY_VM).with("status", "stopped", "failed").ask().cells("status"))
        .containsExactlyInAnyOrder("failed", "stopped");
  }

  @Test
  void everyVm_showsTheSickOnesFirst_andTheSameIdOfTwoServersTwice() throws SQLException {
    var answer = vms(EVERY_VM).with("server", EAST.id(), WEST.id()).ask();
    assertThat(answer.cells("status")).containsExactly("failed", "stopped", "running");
    assertThat(answer.cells("vm_id")).containsExactly("qemu:1", "qemu:2", "qemu:1");
    assertThat(answer.cells("server_id")).containsExactly(WEST.id(), EAST.id(), EAST.id());
    assertThat(answer.cells("id")).doesNotHaveDuplicates();
  }

  @Test
  void templates_areHiddenUnlessAskedFor() throws SQLException {
    var panel = vms(EVERY_VM).with("server", EAST.id());
    assertThat(panel.ask().cells("vm")).containsExactly("it's", "web");
    assertThat(panel.with("templates", "shown").ask().cells("vm")).contains("golden");
  }

  @Test
  void tagFilter_takesTheWholeTag() throws SQLException {
    assertThat(vms(EVERY_VM).with("tag", "prod").ask().cells("server")).containsExactly("east");
  }

  @Test
  void groupFilter_takesAQuoteInAName() throws SQLException {
    assertThat(vms(EVERY_VM).with("group", "o'group").ask().cells("vm")).containsExactly("it's");
  }

  @Test
  void counts_obeyTheFilters() throws SQLException {
    var states = vms("VMs by state").with("server", EAST.id()).ask();
    assertThat(states.cells("running")).containsExactly("1");
    assertThat(states.cells("stopped")).containsExactly("1");
    assertThat(vms("VMs by type").ask().cells("instance")).containsExactly("" + MANY);
  }

  @Test
  void lines_areDrawnForAHundredVmsAtMost() throws SQLException {
    assertThat(vms(EVERY_VM).ask("B").rows()).isEmpty();
    assertThat(vms(EVERY_VM).with("server", EAST.id()).ask("B").cells("id"))
        .isNotEmpty()
        .containsOnly(EAST.id() + "/qemu:1");
  }

  @Test
  void busiest_areTen() throws SQLException {
    assertThat(vms("Busiest ten: CPU").ask().rows()).hasSize(10);
  }

  @Test
  void changes_showWhatAVmWasBefore() throws SQLException {
    var changed = vms(CHANGED).ask();
    assertThat(changed.cells("vm")).containsExactly("gone", "web");
    assertThat(changed.cells("was")).containsExactly("running", "paused");
    assertThat(changed.cells("status")).containsExactly("removed", "running");
    assertThat(vms(CHANGED).over(Range.last(Duration.ofMinutes(5))).ask().rows()).isEmpty();
  }

  @Test
  void changes_obeyTheStatusFilter_butNeverHideWhatIsGone() throws SQLException {
    assertThat(vms(CHANGED).with("status", "stopped").ask().cells("vm")).containsExactly("gone");
  }

  @Test
  void timeline_showsAMigrationAndALock() throws SQLException {
    var timeline = vm("State, place and lock over time").ask();
    assertThat(timeline.cells("node").stream().distinct()).containsExactly("n1", "n2");
    assertThat(timeline.cells("locked_by")).contains("migrate").startsWith((String) null);
    assertThat(timeline.cells("status").stream().distinct()).containsExactly("paused", "running");
  }

  @Test
  void restarts_areFallsOfTheUptime() throws SQLException {
    assertThat(vm("Restarts in this time").ask().cells("restarts")).containsExactly("1");
  }

  @Test
  void memory_isNamedByWhoMeasuredIt() throws SQLException {
    var memory = vm("Memory: used of total, and who measured it").ask();
    assertThat(memory.cells("source")).contains("guest-agent", "host");
  }

  @Test
  void vms_thatAreGone_canStillBeChosenWithinTheChosenTime() throws SQLException {
    var dashboard = Provisioned.ofCheckout().dashboard("muster-vm");
    var query =
        dashboard.queries().stream()
            .filter(each -> each.place().equals("muster-vm, variable vm"))
            .findFirst()
            .orElseThrow();
    var server = Map.of("server", List.of(EAST.id()));
    var range = Range.last(Duration.ofHours(6));
    var offered = questDb.reader().ask(Macros.expand(query.sql(), range, "1m", server));
    assertThat(offered.cells("__text")).contains("gone", "web").doesNotContain("old-name");
  }

  @Test
  void links_takeTheirValuesFromColumnsOfTheirPanel_andAVmsNeedsItsServer() throws SQLException {
    for (var dashboard : Provisioned.ofCheckout().dashboards()) {
      for (var query : dashboard.queries()) {
        var links = query.owner().findValues("url").toString();
        var fields = FIELD_OF_A_LINK.matcher(links).results().map(match -> match.group(1)).toList();
        if (query.of() == Query.Of.PANEL && query.place().endsWith(" A") && !fields.isEmpty()) {
          var range = Range.last(Duration.ofHours(6));
          var choices = new Choices(questDb.reader(), dashboard, range).all();
          var answer = questDb.reader().ask(Macros.expand(query.sql(), range, "1m", choices));
          assertThat(answer.columns())
              .as(query.place())
              .extracting(Answer.Column::name)
              .containsAll(fields);
        }
        if (links.contains("/d/muster-vm?")) {
          assertThat(links)
              .contains("var-server=${__data.fields.server_id:percentencode}")
              .contains("var-vm=${__data.fields.vm_id:percentencode}");
        }
      }
    }
  }

  @Test
  void bothRanges_areAnsweredByExactlyOneQuery() throws SQLException {
    var cpu = vm("CPU: mean and peak");
    assertThat(cpu.ask("A").rows()).isNotEmpty();
    assertThat(cpu.ask("B").rows()).isEmpty();
    var week = cpu.over(Range.last(Duration.ofDays(5)));
    assertThat(week.ask("A").rows()).isEmpty();
    assertThat(week.ask("B").cells("cpu")).contains("0.25");
  }

  /** Of the last four hours. */
  private void history() throws SQLException {
    for (var minutes = 240; minutes >= 10; minutes -= 10) {
      var ts = start.minus(Duration.ofMinutes(minutes));
      var paused = minutes > 60;
      state(EAST, "qemu:1", paused ? "old-name" : "web", paused ? "paused" : "running", ts)
          .set("node", minutes > 120 ? "n1" : "n2")
          .set("locked_by", minutes == 120 ? "migrate" : null);
      sample(EAST, "qemu:1", ts, minutes > 60 ? 300_000 - minutes * 60 : 3_600 - minutes * 60);
    }
    state(EAST, "qemu:3", "gone", "running", start.minusSeconds(1_000));
    state(EAST, "qemu:3", "gone", "removed", start.minusSeconds(900));
    seed.settle().refreshHourly();
  }

  private Seed.Row state(Server server, String id, String name, String status, Instant ts) {
    return seed.row("vm_states", server, ts)
        .set("vm_id", id)
        .set("vm", name)
        .set("type", "qemu")
        .set("status", status);
  }

  private void sample(Server server, String id, Instant ts, long uptime) {
    seed.row("vm_metrics", server, ts)
        .set("vm_id", id)
        .set("sample_seconds", 10)
        .set("cpu_usage_ratio", 0.25)
        .set("memory_used_bytes", 1L << 30)
        .set("memory_total_bytes", 2L << 30)
        .set("memory_source", uptime > 3_600 ? "host" : "guest-agent")
        .set("uptime_seconds", uptime);
  }

  private Panel vms(String title) {
    return panel("muster-vms", title);
  }

  /** Of VM {@code qemu:1} of {@link #EAST}. */
  private Panel vm(String title) {
    return panel("muster-vm", title).with("server", EAST.id()).with("vm", "qemu:1");
  }

  private Panel panel(String uid, String title) {
    var dashboard = Provisioned.ofCheckout().dashboard(uid);
    return new Panel(questDb.reader(), dashboard, title, Range.last(Duration.ofHours(6)), Map.of());
  }
}
