package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RotaTest {
  private final Rota rota = new Rota();

  private static SlowCall call(String key) {
    return new SlowCall(key, Duration.ofSeconds(60), key, cycle -> () -> {});
  }

  @Test
  void room_isTwoOrHalfOfTheNodes() {
    assertThat(Rota.room(1)).isEqualTo(2);
    assertThat(Rota.room(5)).isEqualTo(2);
    assertThat(Rota.room(32)).isEqualTo(16);
  }

  @Test
  void tooMuchToDo_stretchesAllPeriodsAlike() {
    List<SlowCall> calls = IntStream.range(0, 30).mapToObj(i -> call("call " + i)).toList();
    Map<String, Integer> turns = new HashMap<>();
    Instant now = Instant.ofEpochSecond(1_000_000);
    for (int poll = 0; poll < 150; poll++) {
      List<SlowCall> next = rota.next(calls, now, 2);
      assertThat(next).hasSizeLessThanOrEqualTo(2);
      for (SlowCall call : next) {
        turns.merge(call.key(), 1, Integer::sum);
        rota.done(call, now, call.period());
      }
      now = now.plusSeconds(10);
    }

    assertThat(turns).hasSize(30);
    assertThat(turns.values()).allMatch(count -> count == 10);
  }

  @Test
  void hastened_isFirst() {
    List<SlowCall> calls = List.of(call("a"), call("b"), call("c"));
    Instant now = Instant.ofEpochSecond(1_000_000);
    calls.forEach(call -> rota.done(call, now, call.period()));
    rota.hasten("c");

    assertThat(rota.next(calls, now, 2)).extracting(SlowCall::key).containsExactly("c");
  }
}
