package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmSample;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import io.muster.simulator.proxmox.faults.FaultOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing lost, nothing double, whatever happens to the agent: at a simulated cluster. */
final class BackfillTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Far more than any backfill takes. */
  private static final int MANY_POLLS = 200;

  private static final Pattern START_TIME = Pattern.compile("start-time=(\\d+)");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
  private @Nullable SimulatedProxmox started;

  /** An agent that can be ended and started again. */
  private final class Agent implements AutoCloseable {
    private final Written written = new Written();

    /** Of exports through a member, those that were read from further back than every poll does. */
    private final List<Long> starts = new CopyOnWriteArrayList<>();

    private final Duration rrdReach;
    private @Nullable ProxmoxProvider provider;

    Agent(Duration rrdReach) {
      this.rrdReach = rrdReach;
    }

    Snapshot look() throws Exception {
      ProxmoxProvider asked = provider;
      if (asked == null) {
        SimulatedProxmox cluster = cluster();
        asked =
            new ProxmoxProvider(
                Servers.server(
                    List.of(cluster.url("pve1")),
                    Servers.token(cluster.readerToken()),
                    Servers.authority(cluster.authorityPem())),
                Map.of(),
                now::get,
                listener(),
                written,
                rrdReach);
        provider = asked;
      }
      return asked.poll(new Tick(now.get(), INTERVAL, Deadline.after(PATIENCE)));
    }

    private CallListener listener() {
      return new CallListener() {
        @Override
        public int bodyLimit() {
          return 0;
        }

        @Override
        public void called(Exchange exchange) {
          Matcher start = START_TIME.matcher(exchange.path());
          if (!exchange.path().contains("local-only") && start.find()) {
            long second = Long.parseLong(start.group(1));
            if (second < now.get().minus(Exports.FARTHEST_REACH).getEpochSecond()) {
              starts.add(second);
            }
          }
        }
      };
    }

    void poll() throws Exception {
      written.record(look());
    }

    @Override
    public void close() {
      end();
    }

    void end() {
      if (provider != null) {
        provider.close();
      }
      provider = null;
    }

    void pollUntilWhole() throws Exception {
      for (int poll = 0; poll < MANY_POLLS; poll++) {
        pass(INTERVAL);
        poll();
        if (written.isWhole()) {
          return;
        }
      }
      throw new AssertionError("not filled in " + MANY_POLLS + " polls");
    }
  }

  private SimulatedProxmox cluster() {
    return Objects.requireNonNull(started);
  }

  private void start(String release, List<String> addresses, int guests) throws IOException {
    started =
        SimulatedProxmox.start(
            ProxmoxSettings.forTests(release, 3)
                .addresses(addresses)
                .guests(guests)
                .clock(now::get)
                .build());
  }

  private static List<String> addresses(boolean direct) {
    return direct ? List.of() : List.of("127.0.0.1", "192.0.2.2", "192.0.2.3");
  }

  @AfterEach
  void stop() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  private int vmid(Random random) {
    var guests = cluster().world().state().guests();
    return guests.get(random.nextInt(guests.size())).vmid();
  }

  @ParameterizedTest
  @CsvSource({"9.2, true, 1", "9.2, true, 2", "8.4, true, 3", "9.2, false, 4", "8.4, false, 5"})
  void outagesRestartsKillsAndMigrations_giveTheRowsOfAnUninterruptedRun(
      String release, boolean direct, long seed) throws Exception {
    start(release, addresses(direct), 9);
    Random random = new Random(seed);
    try (Agent steady = new Agent(Duration.ZERO);
        Agent troubled = new Agent(Duration.ZERO)) {
      // What they find at their very first look depends on the moment.
      while (!steady.written.isWhole() || !troubled.written.isWhole()) {
        steady.poll();
        troubled.poll();
        pass(INTERVAL);
      }
      Instant begin = now.get();
      troubled.written.events.clear();
      int away = 0;
      for (int poll = 0; poll < 150; poll++) {
        if (random.nextInt(12) == 0) {
          cluster().world().moveGuest(vmid(random), "pve" + (1 + random.nextInt(3)));
        }
        steady.poll();
        int what = random.nextInt(20);
        if (away > 0) {
          away--;
        } else if (what == 0) {
          away = 1 + random.nextInt(60);
          troubled.end();
        } else if (what == 1) {
          troubled.end();
          troubled.written.kill();
          troubled.poll();
        } else if (what == 2) {
          troubled.look(); // and its snapshot arrives nowhere
        } else {
          troubled.poll();
        }
        pass(INTERVAL);
      }
      do {
        steady.poll();
        troubled.poll();
        pass(INTERVAL);
      } while (!steady.written.isWhole() || !troubled.written.isWhole());

      assertThat(troubled.written.events).isEmpty();
      assertThat(steady.written.objects().keySet()).hasSize(3 + 9);
      steady
          .written
          .objects()
          .forEach((object, rows) -> {
            NavigableMap<Instant, Written.Row> seen =
                Objects.requireNonNull(troubled.written.objects().get(object), object);
            Instant end = rows.lastKey().isBefore(seen.lastKey()) ? rows.lastKey() : seen.lastKey();
            assertThat(seen.subMap(begin, true, end, true))
                .as(object)
                .isEqualTo(rows.subMap(begin, true, end, true));
          });
    }
  }

  @Test
  void nodeThatWasOff_givesAllThatItStillHas() throws Exception {
    start("9.2", List.of(), 9);
    try (Agent steady = new Agent(Duration.ZERO);
        Agent away = new Agent(Duration.ZERO)) {
      steady.pollUntilWhole();
      away.pollUntilWhole();
      cluster().stopNode("pve2");
      for (int poll = 0; poll < 12; poll++) {
        pass(INTERVAL);
        steady.poll();
      }
      cluster().startNode("pve2");
      Instant back = now.get();
      for (int poll = 0; poll < 60; poll++) {
        pass(INTERVAL);
        steady.poll();
      }
      away.pollUntilWhole();
      away.poll();

      assertThat(away.written.objects().get("node/pve2")).isNotNull();
      steady
          .written
          .objects()
          .forEach((object, rows) ->
              assertThat(Objects.requireNonNull(away.written.objects().get(object)).keySet())
                  .as(object)
                  .containsAll(rows.tailMap(back, true).keySet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.2", "8.4"})
  void longGap_isFilledFromRrd_andNothingOverlaps(String release) throws Exception {
    start(release, List.of(), 6);
    try (Agent agent = new Agent(Duration.ofHours(6))) {
      agent.pollUntilWhole();
      agent.poll();
      agent.written.events.clear();
      agent.end();
      Instant last = Objects.requireNonNull(agent.written.objects().get("node/pve1")).lastKey();
      pass(Duration.ofHours(3));
      agent.poll();
      agent.end(); // and once more in the middle of it
      agent.pollUntilWhole();

      assertThat(agent.written.events).isEmpty();
      Duration coarsest = release.equals("9.2") ? Duration.ofMinutes(1) : Duration.ofMinutes(30);
      agent
          .written
          .objects()
          .forEach((object, rows) -> {
            if (object.startsWith("node/")) {
              assertNothingOverlaps(object, rows);
              assertLongestGap(object, rows.tailMap(last, true), coarsest);
            }
          });
      assertThat(agent.written.objects()).hasSize(3 + 6);
    }
  }

  @Test
  void longGap_isClampedToTheReach_andSaid() throws Exception {
    start("9.2", List.of(), 3);
    try (Agent agent = new Agent(Duration.ofHours(2))) {
      agent.pollUntilWhole();
      agent.written.events.clear();
      pass(Duration.ofHours(5));
      agent.pollUntilWhole();

      assertThat(agent.written.events)
          .hasSize(3)
          .allSatisfy(event -> {
            assertThat(event.source()).isEqualTo(Event.Source.MUSTER);
            assertThat(event.message()).contains("MUSTER_BACKFILL_HOURS (2)");
          });
    }
  }

  @Test
  void longGap_withoutRrd_isSaidWithItsTimes() throws Exception {
    start("9.2", List.of(), 3);
    try (Agent agent = new Agent(Duration.ZERO)) {
      agent.pollUntilWhole();
      agent.written.events.clear();
      Instant before = now.get();
      pass(Duration.ofHours(5));
      agent.pollUntilWhole();

      assertThat(agent.written.events)
          .hasSize(3)
          .allSatisfy(event -> {
            assertThat(event.startedAt()).isBetween(before.minusSeconds(30), before);
            assertThat(event.endedAt())
                .isBetween(
                    now.get().minus(Duration.ofHours(1)), now.get().minus(Duration.ofMinutes(29)));
            assertThat(event.message()).contains("from " + event.startedAt());
          });
    }
  }

  @Test
  void agentThatWasAway_andSnapshotsThatArriveNowhere_costNoPressure() throws Exception {
    start("9.2", List.of(), 3);
    Random random = new Random(11);
    try (Agent agent = new Agent(Duration.ZERO)) {
      do {
        agent.poll();
        pass(INTERVAL);
      } while (agent.written.pressure.size() < 3);
      for (int poll = 0; poll < 120; poll++) {
        if (random.nextInt(3) == 0) {
          agent.look();
        } else {
          agent.poll();
        }
        if (poll == 30) {
          agent.end();
          pass(Duration.ofMinutes(20));
        }
        pass(INTERVAL);
      }

      assertThat(agent.written.pressure)
          .allSatisfy((node, ends) -> {
            assertThat(ends).hasSizeGreaterThan(30);
            assertThat(Duration.between(ends.first(), ends.last()).toMinutes())
                .as("a row for each minute")
                .isEqualTo(ends.size() - 1L);
          });
    }
  }

  @Test
  void clockThatIsABitBehind_isReadAsItMeasures() throws Exception {
    start("9.2", List.of(), 3);
    cluster().world().setClock("pve2", -50);
    try (Agent agent = new Agent(Duration.ZERO)) {
      agent.pollUntilWhole();
      agent.written.events.clear();
      for (int poll = 0; poll < 40; poll++) {
        pass(INTERVAL);
        agent.poll();
        assertThat(agent.written.isWhole()).as("poll %d: nothing is left out", poll).isTrue();
      }
      assertThat(agent.written.events).isEmpty();
    }
  }

  /** Before 9.0.8 such nodes come in one answer. */
  @Test
  void nodeThatIsSilentBehindAMember_losesNothingAndCostsTheOthersNothing() throws Exception {
    start("8.4", addresses(false), 6);
    try (Agent agent = new Agent(Duration.ZERO)) {
      agent.pollUntilWhole();
      agent.written.events.clear();
      Instant begin = now.get();
      long silent =
          cluster().faults().add(FaultOrder.parse("dropped,node=pve3", cluster().nodes()));
      for (int poll = 0; poll < 30; poll++) {
        // Every other tick is missed.
        pass(INTERVAL.multipliedBy(2));
        agent.poll();
      }
      assertAllSince(begin, agent, "node/pve1", "node/pve2");
      cluster().faults().remove(silent);
      for (int poll = 0; poll < 5; poll++) {
        pass(INTERVAL);
        agent.poll();
      }
      agent.pollUntilWhole();

      assertThat(agent.written.events).isEmpty();
      assertAllSince(begin, agent, agent.written.objects().keySet().toArray(String[]::new));
    }
  }

  @Test
  void answerOfSeveralNodes_makesEachRowOnce() throws Exception {
    start("8.4", addresses(false), 6);
    try (Agent agent = new Agent(Duration.ZERO)) {
      for (int poll = 0; poll < 20; poll++) {
        Snapshot snapshot = agent.look();
        agent.written.record(snapshot);
        assertThat(
                snapshot.samples().stream()
                    .filter(VmSample.class::isInstance)
                    .map(sample -> ((VmSample) sample).vmId() + " at " + sample.ts()))
            .doesNotHaveDuplicates();
        pass(INTERVAL);
      }
    }
  }

  /** A slice holds as much as one of a node that is asked alone. */
  @Test
  void answerOfSeveralNodes_isReadInSlicesOfItsOwnSize() throws Exception {
    start("8.4", addresses(false), 300);
    long begin = now.get().minus(INTERVAL.multipliedBy(2)).getEpochSecond();
    try (Agent agent = new Agent(Duration.ZERO)) {
      for (int poll = 0; poll < 12; poll++) {
        agent.poll();
        pass(INTERVAL);
      }

      long samples = 20_000 / (3 + 300) * 10L;
      long baseline = Measurement.OLDEST_BASELINE.toSeconds();
      assertThat(agent.starts).isNotEmpty();
      assertThat(agent.starts.getFirst()).isGreaterThan(begin - samples - baseline);
    }
  }

  private void assertAllSince(Instant begin, Agent agent, String... objects) {
    long end = now.get().getEpochSecond() - 2 * INTERVAL.toSeconds();
    var produced = cluster().world().produced(begin.getEpochSecond(), end);
    assertThat(objects).isNotEmpty();
    for (String object : objects) {
      assertThat(seconds(agent, object, begin))
          .as(object)
          .containsAll(Objects.requireNonNull(produced.get(object.replace(':', '/')), object));
    }
  }

  private static List<Long> seconds(Agent agent, String object, Instant begin) {
    return Objects.requireNonNull(agent.written.objects().get(object))
        .tailMap(begin, false)
        .keySet()
        .stream()
        .map(Instant::getEpochSecond)
        .toList();
  }

  private static void assertNothingOverlaps(
      String object, NavigableMap<Instant, Written.Row> rows) {
    Instant before = Instant.EPOCH;
    for (Map.Entry<Instant, Written.Row> row : rows.entrySet()) {
      Integer seconds = row.getValue().seconds();
      if (seconds != null) {
        assertThat(row.getKey().minusSeconds(seconds))
            .as(object + " at " + row.getKey())
            .isAfterOrEqualTo(before);
      }
      before = row.getKey();
    }
  }

  private static void assertLongestGap(
      String object, NavigableMap<Instant, Written.Row> rows, Duration coarsest) {
    Instant before = rows.firstKey();
    for (Map.Entry<Instant, Written.Row> row : rows.entrySet()) {
      Integer seconds = row.getValue().seconds();
      Instant begin = row.getKey().minusSeconds(seconds == null ? 0 : seconds);
      assertThat(Duration.between(before, begin))
          .as(object + " before " + row.getKey())
          .isLessThanOrEqualTo(coarsest.multipliedBy(2).plusMinutes(3));
      before = row.getKey();
    }
  }
}
