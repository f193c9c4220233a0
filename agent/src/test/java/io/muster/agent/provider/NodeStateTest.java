package io.muster.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a node is called while people work on it. */
final class NodeStateTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void maintained_tellsWhatTheNodeDoesMeanwhile() {
    NodeState maintained = node(NodeStatus.READY, "KubeletReady").maintained(UNTIL);

    assertThat(maintained.status()).isEqualTo(NodeStatus.MAINTENANCE);
    assertThat(maintained.statusDetail()).isEqualTo("ready: KubeletReady");
    assertThat(maintained.maintainedUntil()).isEqualTo(UNTIL);
  }

  @Test
  void maintained_saysAPlatformsWordOnce() {
    assertThat(node(NodeStatus.ONLINE, "online").maintained(UNTIL).statusDetail())
        .isEqualTo("online");
    assertThat(node(NodeStatus.OFFLINE, null).maintained(UNTIL).statusDetail())
        .isEqualTo("offline");
  }

  @Test
  void maintained_leavesANodeThatIsGone() {
    NodeState gone = node(NodeStatus.REMOVED, null);

    assertThat(gone.maintained(UNTIL)).isSameAs(gone);
  }

  private static NodeState node(NodeStatus status, @Nullable String detail) {
    return new NodeState(
        "pve2", null, status, detail, List.of(), null, null, null, null, null, List.of(), List.of(),
        List.of());
  }
}
