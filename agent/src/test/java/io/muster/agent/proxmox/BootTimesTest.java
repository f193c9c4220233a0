package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a wrong clock stamped, by its uptime. The node began to run at 1,000,000. */
final class BootTimesTest {
  private static final long BEGUN = 1_000_000;
  private static final long NOW = BEGUN + 50_000;

  private final BootTimes bootTimes = new BootTimes();

  private static void add(Export export, String id, long stamped, long measured) {
    Measures measures = new Measures();
    measures.set(Metric.UPTIME, id.equals("lxc/102") ? 0.0 : (double) (measured - BEGUN));
    export.put(id, stamped, measures);
  }

  /** One round of the node's status daemon. */
  private static void addRound(Export export, long stamped, long measured) {
    add(export, "node/alpha", stamped, measured);
    add(export, "qemu/101", stamped + 1, measured + 1);
    add(export, "lxc/102", stamped + 1, measured + 1);
  }

  private void learnFrom(long stamped, long measured) {
    Export export = new Export();
    addRound(export, stamped, measured);
    bootTimes.learn(export, NOW, NOW + 1);
  }

  private Export believed(Export export) {
    return bootTimes.believable("alpha", export);
  }

  @Test
  void roundsOfAWrongClock_areLeftOut_alsoOfThoseWithoutAnUptime() {
    learnFrom(NOW - 5, NOW - 5);
    Export history = new Export();
    addRound(history, NOW - 400, NOW - 400);
    addRound(history, NOW - 390, NOW - 90);
    addRound(history, NOW - 380, NOW - 380);
    addRound(history, NOW - 30, NOW - 330);
    addRound(history, NOW - 5, NOW - 5);

    assertThat(believed(history).samples())
        .allSatisfy((id, series) ->
            assertThat(series.keySet())
                .extracting(second -> id.startsWith("node/") ? second : second - 1)
                .containsExactly(NOW - 400, NOW - 380, NOW - 5))
        .hasSize(3);
  }

  @Test
  void whatWasBeforeTheNodeBegan_isBelieved() {
    learnFrom(NOW - 5, NOW - 5);
    Export history = new Export();
    Measures before = new Measures();
    before.set(Metric.UPTIME, 777_777.0);
    history.put("node/alpha", BEGUN - 300, before);

    assertThat(believed(history).samples()).containsKey("node/alpha");
  }

  @Test
  void nodeThatBeganAnew_isBelieved_andItsClockThatJumpsIsNot() {
    learnFrom(NOW - 30, NOW - 30);
    Export anew = new Export();
    Measures young = new Measures();
    young.set(Metric.UPTIME, 8.0);
    anew.put("node/alpha", NOW - 1, young);
    bootTimes.learn(anew, NOW, NOW + 1);

    assertThat(believed(anew).samples()).containsKey("node/alpha");

    Export jumped = new Export();
    Measures older = new Measures();
    older.set(Metric.UPTIME, 18.0);
    jumped.put("node/alpha", NOW + 500, older);
    bootTimes.learn(jumped, NOW + 505, NOW + 506);
    assertThat(believed(jumped).samples()).as("it may have begun anew").containsKey("node/alpha");
  }

  /** A guest's process is another one on the node that it moved to. */
  @Test
  void whatAGuestMeasuredJustBeforeItMoved_isBelieved() {
    Export moved = new Export();
    addRound(moved, NOW - 20, NOW - 20);
    Measures young = new Measures();
    young.set(Metric.UPTIME, 6.0);
    moved.put("qemu/101", NOW - 4, young);
    bootTimes.learn(moved, NOW, NOW + 1);

    assertThat(believed(moved).samples().get("qemu/101")).containsOnlyKeys(NOW - 19, NOW - 4);
  }

  @Test
  void nothingKnown_everythingIsBelieved() {
    Export history = new Export();
    addRound(history, NOW - 390, NOW - 90);

    assertThat(believed(history).samples()).hasSize(3);
  }

  @Test
  void wrongStampThatLooksNew_teachesNothing() {
    learnFrom(NOW - 20, NOW - 20);
    learnFrom(NOW - 3, NOW - 103);
    Export right = new Export();
    addRound(right, NOW - 1, NOW - 1);

    assertThat(believed(right).samples()).hasSize(3);
  }

  @Test
  void whoIsGone_isForgotten() {
    learnFrom(NOW - 5, NOW - 5);
    bootTimes.begin(Set.of("beta"), Set.of());
    Export wrong = new Export();
    addRound(wrong, NOW - 390, NOW - 90);

    assertThat(believed(wrong).samples()).hasSize(3);
  }
}
