package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.muster.e2e.grafana.Seed.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the storage dashboard answers, on storages whose growth is known. */
@TestInstance(Lifecycle.PER_CLASS)
class StorageDashboardIT {
  private static final Server SERVER = Server.of("here", "proxmox", "pve");
  private static final long TOTAL = 1_000_000_000_000L;

  private static final String FORECAST = "The day it is full, the soonest first";
  private static final String SPACE = "Space now, the fullest first";

  /**
   * A storage of {@link #SERVER}.
   *
   * @param node null when several nodes see it
   * @param days since it is known
   * @param used its filled share by the age in days
   */
  private record Store(@Nullable String node, String name, double days, DoubleUnaryOperator used) {
    static Store of(String name, DoubleUnaryOperator used) {
      return new Store("n1", name, 20, used);
    }
  }

  private static final List<Store> STORES =
      List.of(
          // 1 % of the size a day.
          Store.of("growing", age -> 0.90 - 0.01 * age),
          Store.of("slow", age -> 0.50 - 0.0001 * age),
          Store.of("shrinking", age -> 0.70 + 0.01 * age),
          Store.of("flat", age -> 0.85),
          Store.of("daily-cleaned", age -> 0.95 - 0.2 * (age - Math.floor(age))),
          Store.of("jittering", age -> 0.80 + 0.02 * Math.sin(age * 1_000)),
          Store.of("full", age -> 1.0),
          new Store("n1", "young", 0.5, age -> 0.90 - 0.1 * age),
          new Store(null, "nas", 20, age -> 0.20));

  private final MusterQuestDb questDb;
  private final Seed seed;

  StorageDashboardIT(@TempDir Path folder) throws Exception {
    questDb = MusterQuestDb.start(folder);
    // As in an installation that runs for long; rows can only be put into the table beneath.
    questDb.process().execute("ALTER TABLE storage_metrics SET TTL 40 DAYS");
    questDb.process().execute("ALTER MATERIALIZED VIEW storage_hourly SET REFRESH LIMIT 39 DAYS");
    seed = questDb.seed();
    history();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    questDb.close();
  }

  @BeforeEach
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    seed.row("server_states", SERVER, now).set("state", "active").set("interval_ms", 10_000);
    for (var store : STORES) {
      sample(store, now, now);
    }
    seed.row("storage_metrics", SERVER, now)
        .set("storage", "hung")
        .set("kind", "nfs")
        .set("status", "unavailable");
    seed.settle();
  }

  @Test
  void growingStorage_isFullWhenTheLineSaysSo() throws SQLException {
    assertThat(number("growing", "week")).isCloseTo(TOTAL * 0.01, within(TOTAL * 0.0001));
    assertThat(number("growing", "month")).isCloseTo(TOTAL * 0.01, within(TOTAL * 0.0001));
    assertThat(number("growing", "days_left")).isCloseTo(10, within(0.2));
    var day = LocalDate.parse(Objects.requireNonNull(cell("growing", "full_on")).substring(0, 10));
    var today = LocalDate.now(ZoneOffset.UTC);
    assertThat(ChronoUnit.DAYS.between(today, day)).isBetween(9L, 11L);
  }

  @Test
  void storageThatDoesNotGrow_hasNoDay() throws SQLException {
    for (var name : List.of("shrinking", "flat", "daily-cleaned", "jittering", "nas")) {
      assertThat(cell(name, "days_left")).as(name).isNull();
      assertThat(cell(name, "full_on")).as(name).isNull();
    }
    assertThat(number("shrinking", "week")).isCloseTo(-TOTAL * 0.01, within(TOTAL * 0.0001));
  }

  @Test
  void dayBeyondAYear_isNotGiven() throws SQLException {
    assertThat(number("slow", "week")).isPositive();
    assertThat(cell("slow", "days_left")).isNull();
  }

  @Test
  void storageKnownForHours_hasNoForecast() throws SQLException {
    assertThat(cell("young", "week")).isNull();
    assertThat(cell("young", "days_left")).isNull();
  }

  @Test
  void fullStorage_isFullToday() throws SQLException {
    assertThat(number("full", "days_left")).isZero();
  }

  @Test
  void forecast_hasTheSoonestFirst() throws SQLException {
    assertThat(panel(FORECAST).ask().cells("storage")).startsWith("full", "growing");
    assertThat(panel("Next one full in").ask().cells("days_left")).containsExactly("0.0");
  }

  @Test
  void sharedStorage_countsOnce_andTheUnavailableOneIsSaid() throws SQLException {
    var all = (long) STORES.size();
    assertThat(panel("Storages").ask().cells("storages")).containsExactly("" + (all + 1));
    assertThat(panel("Unavailable").ask().cells("unavailable")).containsExactly("1");
    assertThat(panel("Space in all").ask().cells("total")).containsExactly("" + all * TOTAL);
    var space = panel(SPACE).ask();
    assertThat(space.cells("status")).startsWith("unavailable", "available");
    assertThat(space.cells("storage")).startsWith("hung", "full").containsOnlyOnce("nas");
  }

  @Test
  void unavailableStorage_showsHowFullItWas() throws SQLException {
    var bad = panel("Storages that don't answer").ask();
    assertThat(bad.cells("storage")).containsExactly("hung");
    assertThat(bad.cells("node")).containsExactly("(shared)");
    assertThat(bad.cells("ratio")).containsExactly("0.25");
  }

  @Test
  void nodeFilter_leavesTheSharedOnes() throws SQLException {
    assertThat(panel(SPACE).with("node", "(shared)").ask().cells("storage"))
        .containsExactly("hung", "nas");
  }

  @Test
  void theTenFullest_areDrawnFromRawRowsAndFromHourlyOnes() throws SQLException {
    var panel = panel("How full the ten fullest were");
    assertThat(panel.ask("A").cells("series")).contains("pve n1 full", "pve (shared) nas");
    assertThat(panel.ask("B").rows()).isEmpty();
    var week = panel.over(Range.last(Duration.ofDays(7)));
    assertThat(week.ask("A").rows()).isEmpty();
    assertThat(week.ask("B").cells("series")).contains("pve n1 full", "pve (shared) nas");
  }

  @Test
  void storagesOfServersWithOneName_areLinesOfTheirOwn() throws SQLException {
    var namesake = Server.of("there", "proxmox", SERVER.name());
    seed.row("storage_metrics", namesake, Instant.now().truncatedTo(ChronoUnit.SECONDS))
        .set("node", "n1")
        .set("storage", "full")
        .set("status", "available")
        .set("used_bytes", TOTAL / 8)
        .set("total_bytes", TOTAL);
    seed.settle();
    var lines =
        panel("How full the ten fullest were").with("server", SERVER.id(), namesake.id()).ask("A");
    assertThat(lines.cells("server_id")).contains(SERVER.id(), namesake.id());
    assertThat(lines.cells("ratio")).contains("1.0", "0.125");
  }

  /** By the hour, as the hourly view would have it. */
  private void history() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    for (var store : STORES) {
      var first = now.minusSeconds((long) (store.days() * 86_400));
      Seed.every(Duration.ofHours(1), first, now, ts -> sample(store, ts, now));
    }
    seed.row("storage_metrics", SERVER, now.minus(Duration.ofHours(3)))
        .set("storage", "hung")
        .set("status", "available")
        .set("used_bytes", TOTAL / 4)
        .set("total_bytes", TOTAL);
    seed.settle().refreshHourly();
  }

  private void sample(Store store, Instant ts, Instant now) {
    var age = Duration.between(ts, now).toSeconds() / 86_400.0;
    seed.row("storage_metrics", SERVER, ts)
        .set("node", store.node())
        .set("storage", store.name())
        .set("kind", "dir")
        .set("status", "available")
        .set("used_bytes", (long) (TOTAL * store.used().applyAsDouble(age)))
        .set("total_bytes", TOTAL);
  }

  private double number(String storage, String column) throws SQLException {
    return Double.parseDouble(Objects.requireNonNull(cell(storage, column), storage));
  }

  private @Nullable String cell(String storage, String column) throws SQLException {
    var answer = panel(FORECAST).ask();
    return answer.cells(column).get(answer.cells("storage").indexOf(storage));
  }

  private Panel panel(String title) {
    var dashboard = Provisioned.ofCheckout().dashboard("muster-storage");
    return new Panel(questDb.reader(), dashboard, title, Range.last(Duration.ofHours(6)), Map.of());
  }
}
