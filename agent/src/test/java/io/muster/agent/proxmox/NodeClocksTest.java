package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that is read, and one that only samples tell of: a node that a member answers for. */
final class NodeClocksTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final NodeClocks clocks = new NodeClocks();

  private Duration read(int atSeconds, int stampSeconds) {
    return clocks.offset(
        "alpha", NOW.plusSeconds(atSeconds), NOW.getEpochSecond() + stampSeconds, null);
  }

  @Test
  void date_tells_toTheMiddleOfItsSecond() {
    assertThat(clocks.offset("alpha", NOW, NOW.getEpochSecond() - 5, NOW.minusSeconds(300)))
        .isEqualTo(Duration.ofMillis(-299_500));
    assertThat(clocks.worstMs()).isEqualTo(-299_500);
  }

  @Test
  void withoutDate_nothingIsSaidOfAClockThatMayBeRight() {
    assertThat(read(0, -8)).isZero();
    assertThat(read(10, 2)).isZero();
    assertThat(clocks.worstMs()).isNull();
  }

  @Test
  void newSampleOfLongAgo_isOfAClockThatIsBehind() {
    read(0, -8);
    assertThat(read(10, -298)).isEqualTo(Duration.ofSeconds(-298));
    assertThat(read(20, -298)).as("no new one").isEqualTo(Duration.ofSeconds(-298));
    assertThat(read(30, -278)).isEqualTo(Duration.ofSeconds(-298));
    assertThat(clocks.worstMs()).isEqualTo(-298_000);
    assertThat(read(40, 32)).as("right again").isZero();
  }

  @Test
  void oldSampleThatStays_isOfADaemonThatHangs() {
    read(0, -8);
    assertThat(read(10, -8)).isZero();
    assertThat(read(600, -8)).isZero();
    assertThat(read(610, 605)).isZero();
  }

  @Test
  void sampleOfTheFuture_isOfAClockThatIsAhead_untilItIsSurelyRight() {
    read(0, -8);
    assertThat(read(10, 75)).isEqualTo(Duration.ofSeconds(65));
    assertThat(read(20, 78)).as("it may still be").isEqualTo(Duration.ofSeconds(58));
    assertThat(read(30, 25)).isZero();
  }
}
