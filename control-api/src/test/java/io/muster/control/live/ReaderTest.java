package io.muster.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.caller.Sight;
import io.muster.control.link.AgentNews;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** How a reader is told who takes more or less. */
final class ReaderTest {
  private static final UUID TENANT = UUID.randomUUID();
  private static final Sight ALL = new Sight(Scope.ALL, List.of());

  private final EventText text = ControlRig.on(Database.H2).bean(EventText.class);
  private final Ring ring = new Ring();
  private final Line line = new Line();
  private Instant now = Instant.now();

  @Test
  void quietStream_hasHeartbeatsWithTheIdUpToWhichNothingIsMissed() {
    Reader reader = reading(0, null);
    line.request(10);
    advance(reader);
    assertThat(line.takeAll()).singleElement().asString().startsWith("retry: 2000\nid: ");
    advance(reader);
    assertThat(line.takeAll()).isEmpty();

    happen(1);
    advance(reader);
    String id = line.takeAll().getFirst().lines().findFirst().orElseThrow();
    now = now.plus(Reader.HEARTBEAT).plusSeconds(1);
    advance(reader);

    assertThat(line.takeAll()).containsExactly(id + "\n:\n\n");
  }

  @Test
  void readerThatTakesLittle_losesNothingWithinWhatIsKept() {
    Reader reader = reading(0, null);
    line.request(1);
    advance(reader);
    happen(Ring.CAPACITY);
    for (int i = 0; i < Ring.CAPACITY; i++) {
      line.request(1);
      advance(reader);
    }

    assertThat(String.join("", line.takeAll()).split("event: agent", -1))
        .hasSize(Ring.CAPACITY + 1);
    assertThat(line.completed).isFalse();
  }

  @Test
  void readerThatFallsBehind_isToldSoAndItsStreamEnds() {
    Reader reader = reading(0, null);
    line.request(1);
    advance(reader);
    happen(Ring.CAPACITY + 1);
    advance(reader);
    assertThat(line.takeAll()).hasSize(1);
    line.request(2);
    advance(reader);

    assertThat(line.takeAll())
        .singleElement()
        .asString()
        .contains("event: reset\n", "\"reason\":\"too-slow\"");
    assertThat(line.completed).isTrue();
  }

  @Test
  void lineThatTakesNothing_isDropped() {
    Reader reader = reading(0, null);
    advance(reader);
    assertThat(reader.isDead(now)).isFalse();
    now = now.plus(Reader.STUCK_AFTER).plusSeconds(1);
    advance(reader);

    assertThat(reader.isDead(now)).isTrue();
  }

  @Test
  void readerThatMissedSomething_isToldFirstAndReadsOn() {
    happen(3);
    Reader reader = reading(3, Reset.TOO_OLD);
    line.request(10);
    happen(1);
    advance(reader);

    List<String> told = line.takeAll();
    assertThat(told).hasSize(2);
    assertThat(told.getLast()).contains("event: reset\n", "\"reason\":\"too-old\"");
    happen(1);
    advance(reader);
    assertThat(line.takeAll()).singleElement().asString().contains("event: agent\n");
    assertThat(line.completed).isFalse();
  }

  @Test
  void eventsThatAreTooOld_areForgotten() {
    happen(3);
    ring.forget(Instant.now().plusSeconds(1));

    assertThat(ring.follows(2)).isFalse();
    assertThat(ring.follows(3)).isTrue();
    happen(1);
    assertThat(ring.after(3, 10)).extracting(Frame::number).containsExactly(4L);
  }

  private Reader reading(long position, @Nullable Reset missed) {
    Caller caller =
        new Caller(
            Caller.Kind.API_TOKEN,
            UUID.randomUUID(),
            "x",
            TENANT,
            false,
            Role.VIEWER,
            Scope.ALL,
            false,
            null,
            "::1");
    Reader reader = new Reader(caller, "", ring, new Interest(null), text, position, missed);
    reader.stream(() -> {}, () -> {}).subscribe(line);
    return reader;
  }

  private void advance(Reader reader) {
    reader.advance(ALL, ring.newest(), now);
  }

  private void happen(int times) {
    for (int i = 0; i < times; i++) {
      AgentNews news =
          new AgentNews(
              TENANT,
              UUID.randomUUID(),
              "berlin",
              AgentNews.State.CONNECTED,
              UUID.randomUUID(),
              "1",
              null,
              now);
      ring.add(number -> text.frame(number, new LiveEvent.OfAgent(news)));
    }
  }

  /** Takes as much as a test asks for. */
  private static final class Line extends BaseSubscriber<byte[]> {
    private final List<String> told = new ArrayList<>();
    private boolean completed;

    List<String> takeAll() {
      List<String> all = List.copyOf(told);
      told.clear();
      return all;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(byte[] chunk) {
      told.add(new String(chunk, StandardCharsets.UTF_8));
    }

    @Override
    protected void hookOnComplete() {
      completed = true;
    }
  }
}
