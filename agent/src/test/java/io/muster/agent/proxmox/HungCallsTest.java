package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A path that hangs costs its own data, and one time-out: not every poll, nor the others' data. */
final class HungCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of a poll in which something hangs: long enough for a busy machine. */
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Enough polls for everything of the rota to have had its first turn. */
  private static final int FIRST_ROUND = 12;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private volatile String hanging = "nothing";
  private final ScriptedServer server;
  private final ProxmoxProvider provider;

  HungCallsTest() throws Exception {
    server = ScriptedServer.byPath(this::answer);
    provider =
        new ProxmoxProvider(
            Servers.server(
                List.of(server.url()), Servers.token(), Servers.authority(server.authorityPem())),
            Map.of(),
            () -> now);
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    provider.close();
    server.close();
  }

  private void answer(String path, OutputStream out) throws Exception {
    asked.add(path);
    if (path.contains(hanging)) {
      end.await();
    }
    ScriptedServer.json(out, "200 OK", ScriptedCluster.body(path, now));
  }

  private Snapshot poll(Duration limit) throws Exception {
    now = now.plus(INTERVAL);
    Deadline deadline = Deadline.after(limit);
    Snapshot snapshot = provider.poll(new Tick(now, INTERVAL, deadline));
    assertThat(deadline.passed()).as("back before the deadline").isFalse();
    return snapshot;
  }

  private List<Snapshot> polls(int count) throws Exception {
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      snapshots.add(poll(DEADLINE));
    }
    return snapshots;
  }

  /** Learns the release and the addresses while nothing hangs. */
  private void warmUp(int polls) throws Exception {
    for (int i = 0; i < polls; i++) {
      poll(PATIENCE);
    }
    asked.clear();
  }

  private long timesAsked(String part) {
    return asked.stream().filter(path -> path.contains(part)).count();
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
  void hungStorage_costsItsOwnDataAndOneTimeOut() throws Exception {
    warmUp(3);
    hanging = "/storage/nfs/content";

    List<Snapshot> seen = polls(FIRST_ROUND);

    assertThat(seen).allSatisfy(s -> assertThat(sampledNodes(s)).containsExactly("pve1", "pve2"));
    assertThat(seen.stream().flatMap(s -> s.gaps().stream()))
        .extracting(Gap::subject, Gap::failure)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "age of the backups on storage nfs", Failure.DEADLINE_EXCEEDED));
    assertThat(timesAsked("/storage/nfs/content")).isEqualTo(1);
  }

  @Test
  void slowCallThatHangsFromTheStart_leavesTheExportsTheirTime() throws Exception {
    hanging = "/cluster/status";

    Snapshot first = poll(DEADLINE);

    assertThat(sampledNodes(first)).isNotEmpty();
    assertThat(first.gaps()).extracting(Gap::subject).contains("quorum and members");
    assertThat(first.gaps()).extracting(Gap::subject).doesNotContain("node pve1");
  }

  @Test
  void slowCallThatHangsAgainAndAgain_isAskedLessAndLess() throws Exception {
    warmUp(FIRST_ROUND);
    hanging = "/nodes/pve1/status";

    List<Snapshot> seen = polls(2 * 6 + 6);

    assertThat(timesAsked("/nodes/pve1/status"))
        .as("of three minutes, after one and two minutes")
        .isEqualTo(2);
    assertThat(seen).allSatisfy(s -> assertThat(sampledNodes(s)).containsExactly("pve1", "pve2"));
  }

  @Test
  void nodeThatHangsBehindAMember_isNamedAndLeftAloneForAMinute() throws Exception {
    warmUp(FIRST_ROUND);
    hanging = "node-list=pve2";

    List<Snapshot> seen = polls(6);

    assertThat(seen)
        .allSatisfy(snapshot -> {
          assertThat(sampledNodes(snapshot)).containsExactly("pve1");
          assertThat(snapshot.gaps()).extracting(Gap::subject).containsExactly("node pve2");
        });
    assertThat(seen.getLast().gaps().getFirst().message()).contains("asked again at");
    assertThat(timesAsked("node-list=pve2")).isEqualTo(1);
    assertThat(timesAsked("/nodes/pve2/status")).as("its other calls rest too").isZero();

    hanging = "nothing";
    assertThat(sampledNodes(poll(DEADLINE))).containsExactly("pve1", "pve2");
    assertThat(poll(DEADLINE).gaps()).isEmpty();
  }

  @Test
  void exportThatHangsAtTheMemberItself_isLeftAloneForAMinute() throws Exception {
    warmUp(FIRST_ROUND);
    hanging = "local-only=1";

    List<Snapshot> seen = polls(6);

    assertThat(seen)
        .allSatisfy(snapshot -> {
          assertThat(snapshot.vms()).hasSize(1);
          assertThat(sampledNodes(snapshot)).containsExactly("pve2");
        });
    assertThat(timesAsked("local-only=1")).isEqualTo(1);
  }
}
