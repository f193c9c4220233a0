package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two members of one cluster: which one is asked when the first one fails, and how. */
final class MembersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private volatile ScriptedServer.PathScript firstSays = this::answerWell;
  private final ScriptedServer first =
      ScriptedServer.byPath((path, out) -> firstSays.answer(path, out));
  private final ScriptedServer second = ScriptedServer.byPath(this::answerWell);
  private final ProxmoxProvider provider =
      provider(
          Servers.pinned(
              new Fingerprint(first.fingerprint()), new Fingerprint(second.fingerprint())));

  MembersTest() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    provider.close();
    first.close();
    second.close();
  }

  private ProxmoxProvider provider(TlsTrust trust) {
    return new ProxmoxProvider(
        Servers.server(List.of(first.url(), second.url()), Servers.token(), trust),
        Map.of(),
        () -> now);
  }

  private void answerWell(String path, OutputStream out) throws Exception {
    ScriptedServer.json(out, "200 OK", ScriptedCluster.body(path, now));
  }

  private static void cut(String path, OutputStream out) throws Exception {
    throw new IOException("cut");
  }

  private Snapshot poll() throws ProviderException {
    now = now.plus(INTERVAL);
    return provider.poll(new Tick(now, INTERVAL, Deadline.after(PATIENCE)));
  }

  /** Learns the release: from 9.0.8 on a member is asked for one node alone. */
  private void warmUp() throws ProviderException {
    for (int i = 0; i < 5; i++) {
      poll();
    }
  }

  private static List<String> sampledNodes(Snapshot snapshot) {
    return snapshot.samples().stream()
        .filter(NodeSample.class::isInstance)
        .map(sample -> ((NodeSample) sample).node())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void memberThatDiesInMidPoll_costsItsOwnNodeOnePoll() throws Exception {
    warmUp();
    firstSays =
        (path, out) -> {
          if (!path.equals("/cluster/resources")) {
            throw new IOException("dead by now");
          }
          answerWell(path, out);
        };

    Snapshot snapshot = poll();

    assertThat(sampledNodes(snapshot)).as("through the other one").containsExactly("pve2");
    assertThat(snapshot.gaps())
        .extracting(Gap::subject)
        .containsExactlyInAnyOrder("node pve1", "member " + first.url());
    assertThat(snapshot.gaps()).extracting(Gap::failure).containsOnly(Failure.UNREACHABLE);
    assertThat(snapshot.facts().endpoint()).isEqualTo(second.url());
    assertThat(sampledNodes(poll())).containsExactly("pve1", "pve2");
  }

  @Test
  void memberThatIsBack_isTakenAgainAfterItsRest() throws Exception {
    poll();
    firstSays = MembersTest::cut;
    assertThat(poll().facts().endpoint()).isEqualTo(second.url());
    firstSays = this::answerWell;
    int asked = first.requests();

    Snapshot resting = poll();
    assertThat(first.requests()).as("while it rests").isEqualTo(asked);
    assertThat(resting.gaps()).extracting(Gap::subject).contains("member " + first.url());
    assertThat(resting.gaps().getFirst().message()).contains("answers in its place");

    now = now.plus(Members.FIRST_REST);
    Snapshot back = poll();
    assertThat(back.facts().endpoint()).isEqualTo(first.url());
    assertThat(back.gaps()).extracting(Gap::subject).doesNotContain("member " + first.url());
  }

  @Test
  void memberThatStaysDead_isTriedLessAndLess() throws Exception {
    poll();
    AtomicInteger tries = new AtomicInteger();
    firstSays =
        (path, out) -> {
          if (path.equals("/cluster/resources")) {
            tries.incrementAndGet();
          }
          throw new IOException("cut");
        };
    for (int i = 0; i < 31; i++) {
      assertThat(poll().gaps()).extracting(Gap::subject).contains("member " + first.url());
    }

    assertThat(tries)
        .as("at 0, 1 and 3 minutes of five, each once and once more on a new connection")
        .hasValue(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "595 Connection refused",
        "596 Connection reset by peer",
        "596 Connection timed out",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "429 Too Many Requests"
      })
  void failureOfTheMember_isAnsweredByTheNext(String status) throws Exception {
    firstSays = (path, out) -> ScriptedServer.json(out, status, "{\"data\":null}");

    Snapshot snapshot = poll();

    assertThat(snapshot.facts().endpoint()).isEqualTo(second.url());
    assertThat(snapshot.gaps()).extracting(Gap::subject).contains("member " + first.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401 Authentication failed!",
        "403 Permission check failed (/, Sys.Audit)",
        "500 cluster not ready - no quorum?",
        "501 Method 'GET /cluster/resources' not implemented",
        "400 Parameter verification failed."
      })
  void answerThatEveryMemberWouldGive_isNotAskedForAgain(String status) {
    firstSays = (path, out) -> ScriptedServer.json(out, status, "{\"data\":null}");

    ProviderException failure = catchThrowableOfType(ProviderException.class, this::poll);

    assertThat(failure).hasMessageContaining(status);
    assertThat(failure.apiCalls()).isEqualTo(1);
    assertThat(second.requests()).isZero();
  }

  @Test
  void forbiddenCall_costsItsOwnDataAlone() throws Exception {
    firstSays =
        (path, out) -> {
          if (path.equals("/cluster/status")) {
            ScriptedServer.json(out, "403 Permission check failed (/, Sys.Audit)", "{}");
          } else {
            answerWell(path, out);
          }
        };

    Snapshot snapshot = poll();

    assertThat(snapshot.gaps()).extracting(Gap::failure).containsExactly(Failure.FORBIDDEN);
    warmUp();
    assertThat(sampledNodes(poll())).containsExactly("pve1", "pve2");
    assertThat(second.requests()).isZero();
  }

  @Test
  void untrustedMember_isPassedOver() throws Exception {
    try (ProxmoxProvider pinned = provider(Servers.pinned(new Fingerprint(second.fingerprint())))) {
      Snapshot snapshot = pinned.poll(new Tick(now, INTERVAL, Deadline.after(PATIENCE)));

      assertThat(snapshot.facts().endpoint()).isEqualTo(second.url());
      assertThat(snapshot.gaps())
          .filteredOn(gap -> gap.failure() == Failure.TLS)
          .extracting(Gap::message)
          .singleElement()
          .asString()
          .contains(first.fingerprint());
      assertThat(first.requests()).as("the token was not sent").isZero();
    }
  }

  @Test
  void refusalByAllMembers_isToldOnceAndNamesWhatEachShowed() throws Exception {
    try (ProxmoxProvider pinned = provider(Servers.pinned(new Fingerprint("AB".repeat(32))))) {
      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class,
              () -> pinned.poll(new Tick(now, INTERVAL, Deadline.after(PATIENCE))));

      assertThat(failure.failure()).isEqualTo(Failure.TLS);
      assertThat(failure)
          .hasMessageContaining(first.fingerprint())
          .hasMessageContaining(second.fingerprint())
          .hasMessageContaining(second.url().toString());
      assertThat(String.valueOf(failure.getMessage()).split("certificate refused", -1)).hasSize(2);
    }
  }

  @Test
  void keptAliveConnectionThatIsCut_isRepeatedOnceOnANewOne() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    Map<OutputStream, Integer> opened = new ConcurrentHashMap<>();
    firstSays =
        (path, out) -> {
          if (opened.computeIfAbsent(out, _ -> polls.get()) != polls.get()) {
            throw new IOException("closed between two polls");
          }
          answerWell(path, out);
        };

    for (int i = 0; i < 5; i++) {
      polls.incrementAndGet();
      assertThat(poll().gaps()).isEmpty();
    }
    assertThat(opened).hasSizeGreaterThanOrEqualTo(5);
    assertThat(second.requests()).isZero();
  }

  @Test
  void check_saysWhichMemberCouldNotTakeOver() throws Exception {
    second.close();

    assertThat(provider.check(Deadline.after(PATIENCE)).notes())
        .anySatisfy(note ->
            assertThat(note).contains("member " + second.url()).contains("can't take over"));
  }

  @Test
  void check_ofAHungCall_tellsEverythingElse() throws Exception {
    var end = new java.util.concurrent.CountDownLatch(1);
    firstSays =
        (path, out) -> {
          if (path.equals("/access/permissions")) {
            end.await();
          }
          answerWell(path, out);
        };
    Deadline deadline = Deadline.after(Duration.ofSeconds(10));

    var report = provider.check(deadline);

    assertThat(deadline.passed()).isFalse();
    assertThat(report.problems())
        .singleElement()
        .asString()
        .contains("Unknown: privileges of the token");
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("The token does not expire"))
        .anySatisfy(note -> assertThat(note).startsWith("Node pve1 is "))
        .anySatisfy(note -> assertThat(note).startsWith("Node pve2 is "));
    assertThat(report.nodes()).containsExactly("pve1", "pve2");
    end.countDown();
  }
}
