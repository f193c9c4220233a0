package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator says that its status daemons measured, beside what its export gives. */
final class ProducedTest {
  private static final long BEGIN = Asked.START / 1000;

  private final Clock clock = new Clock();

  /** Someone who reads the export of every node that is up and misses nothing. */
  private static final class Reader {
    private final Asked asked;
    private final SortedMap<String, SortedSet<Long>> seen = new TreeMap<>();

    Reader(Asked asked) {
      this.asked = asked;
    }

    void read() throws Exception {
      for (String node : asked.world().nodes()) {
        if (!asked.world().nodeUp(node)) {
          continue;
        }
        for (Map<String, Object> row : asked.export("history=1", "local-only=1", "entry=" + node)) {
          String id = String.valueOf(row.get("id"));
          if (!id.startsWith("storage/")) {
            seen.computeIfAbsent(id, ignored -> new TreeSet<>())
                .add(Asked.number(row, "timestamp"));
          }
        }
      }
    }

    /** What it saw with {@code from < t <= to}. */
    SortedMap<String, SortedSet<Long>> between(long from, long to) {
      SortedMap<String, SortedSet<Long>> part = new TreeMap<>();
      seen.forEach((id, seconds) -> {
        SortedSet<Long> within = seconds.subSet(from + 1, to + 1);
        if (!within.isEmpty()) {
          part.put(id, within);
        }
      });
      return part;
    }
  }

  private Asked world(int nodes, int guests, int sampleSeconds) {
    return new Asked(
        ProxmoxWorld.demo(
            WorldSettings.of(PveVersion.V9_2, Asked.nodes(nodes))
                .guests(guests)
                .clock(clock)
                .samplePeriod(Duration.ofSeconds(sampleSeconds))
                .build()));
  }

  private long now() {
    return clock.millis() / 1000;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void produced_isWhatTheExportGives_whateverHappens(long seed) throws Exception {
    Random random = new Random(seed);
    Asked asked = world(3, 6, seed % 2 == 0 ? 10 : 1);
    Reader reader = new Reader(asked);
    int[] vmids = {101, 102, 103, 104, 105};
    boolean[] deleted = new boolean[vmids.length];
    for (int round = 0; round < 100; round++) {
      clock.passMillis(random.nextInt(90_000));
      reader.read();
      int chosen = random.nextInt(vmids.length);
      String node = "pve" + (1 + random.nextInt(3));
      switch (random.nextInt(9)) {
        case 0 -> asked.world().stopNode(node);
        case 1, 2 -> asked.world().startNode(node);
        case 3 -> asked.world().setClock(node, random.nextInt(900) - 450);
        case 4, 5 -> {
          if (!deleted[chosen]) {
            asked.world().moveGuest(vmids[chosen], node);
          }
        }
        case 6 -> {
          if (!deleted[chosen]) {
            asked.world().startGuest(vmids[chosen]);
          }
        }
        case 7 -> {
          if (!deleted[chosen]) {
            asked.world().stopGuest(vmids[chosen]);
          }
        }
        default -> {
          if (deleted[chosen]) {
            asked.world().addGuest(GuestSettings.vm(vmids[chosen], node, true, Map.of()));
          } else {
            asked.world().deleteGuest(vmids[chosen]);
          }
          deleted[chosen] = !deleted[chosen];
        }
      }
    }
    reader.read();

    assertThat(asked.world().produced(BEGIN, now() + 900))
        .isEqualTo(reader.between(BEGIN, now() + 900));
    assertThat(asked.world().produced(BEGIN + 1_000, BEGIN + 2_000))
        .isEqualTo(reader.between(BEGIN + 1_000, BEGIN + 2_000));
  }

  @Test
  void guestThatMovesToAndFro_isInTheExportForAsLongAsItsSamples() throws Exception {
    Asked asked = world(2, 0, 10);
    asked.world().addGuest(GuestSettings.vm(500, "pve1", true, Map.of("name", "mover")));
    Reader reader = new Reader(asked);
    for (String node : new String[] {"pve2", "pve1", "pve2"}) {
      clock.passSeconds(300);
      asked.world().moveGuest(500, node);
    }
    // The first stay is out of the export by now, the second is not.
    clock.passSeconds(23 * 60);
    reader.read();

    assertThat(reader.between(now() - 1_790, now()))
        .isEqualTo(asked.world().produced(now() - 1_790, now()));
  }

  @Test
  void nodeThatIsOff_producesNothing() throws Exception {
    Asked asked = world(2, 4, 10);
    asked.world().stopNode("pve2");
    clock.passSeconds(100);

    assertThat(asked.world().produced(BEGIN, now()).get("node/pve1")).hasSizeBetween(9, 11);
    assertThat(asked.world().produced(BEGIN, now())).doesNotContainKey("node/pve2");
  }

  @Test
  void samplesOfEverySecond_areAllOfTheirOwnSecond() {
    Asked asked = world(20, 0, 1);
    clock.passSeconds(300);

    assertThat(asked.world().produced(BEGIN, BEGIN + 299))
        .hasSize(20)
        .allSatisfy((id, seconds) -> assertThat(seconds).hasSize(299));
  }

  @Test
  void clockThatIsAhead_namesTheSamplesOfTheNode() throws Exception {
    Asked asked = world(1, 1, 10);
    asked.world().setClock("pve1", 7_200);
    clock.passSeconds(30);

    assertThat(asked.world().produced(BEGIN + 7_200, BEGIN + 7_230).get("node/pve1"))
        .hasSizeBetween(2, 4);
    assertThat(asked.world().produced(BEGIN, now())).isEmpty();
    assertThat(Asked.number(asked.object("/nodes/pve1/time"), "time")).isEqualTo(now() + 7_200);
  }

  @Test
  void stretchThatIsTooLong_isRefused() {
    Asked asked = world(200, 2_000, 10);

    assertThatThrownBy(() -> asked.world().produced(0, now()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask for a shorter stretch");
  }
}
