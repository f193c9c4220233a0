package io.muster.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What every driver must keep; one subclass a platform, at a simulated server of it. */
public abstract class ProviderContract {
  /** Far beyond what a poll of a simulated server takes on a busy machine. */
  protected static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A server of this platform with nodes and VMs, all up. */
  protected abstract Provider provider() throws Exception;

  /** The same server with a credential that it does not know. */
  protected abstract Provider withWrongCredential() throws Exception;

  /** An address where nothing listens. */
  protected abstract Provider unreachable() throws Exception;

  /** Removes a VM from the server behind {@link #provider()}; returns its id. */
  protected abstract String deleteVm() throws Exception;

  protected static Tick tick() {
    Duration interval = Duration.ofSeconds(10);
    long seconds = interval.toSeconds();
    Instant at =
        Instant.ofEpochSecond(Math.floorDiv(Instant.now().getEpochSecond(), seconds) * seconds);
    return new Tick(at, interval, Deadline.after(PATIENCE));
  }

  @Test
  void poll_listsNodesAndVms() throws Exception {
    try (Provider provider = provider()) {
      Snapshot snapshot = provider.poll(tick());

      assertThat(snapshot.nodes()).isNotEmpty().doesNotHaveDuplicates();
      assertThat(snapshot.vms()).isNotEmpty();
      assertThat(snapshot.vms()).extracting(VmState::vmId).doesNotHaveDuplicates();
      assertThat(snapshot.apiCalls()).isPositive();
      assertThat(snapshot.gaps()).isEmpty();
    }
  }

  @Test
  void poll_reportsRatiosFrom0To1AndMemoryInBytes() throws Exception {
    try (Provider provider = provider()) {
      Snapshot snapshot = provider.poll(tick());

      assertThat(snapshot.samples())
          .filteredOn(VmSample.class::isInstance)
          .asInstanceOf(InstanceOfAssertFactories.list(VmSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> {
            if (sample.cpuUsageRatio() != null) {
              assertThat(sample.cpuUsageRatio()).isBetween(0.0, 1.0);
            }
            if (sample.memoryTotalBytes() != null) {
              assertThat(sample.memoryTotalBytes()).isGreaterThan(1L << 20);
            }
            assertThat(sample.memoryUsedBytes() == null).isEqualTo(sample.memorySource() == null);
          });
    }
  }

  @Test
  void poll_neverRepeatsASample() throws Exception {
    try (Provider provider = provider()) {
      Set<Object> seen = new HashSet<>();
      Tick tick = tick();
      for (int i = 0; i < 5; i++) {
        for (Sample sample : provider.poll(tick).samples()) {
          Object key =
              switch (sample) {
                case VmSample vm -> vm.ts() + vm.vmId();
                case NodeSample node -> node.ts() + "node " + node.node();
                case ClusterSample _, StorageSample _, QuotaSample _ -> new Object();
              };
          assertThat(seen.add(key)).as("%s again", sample).isTrue();
        }
      }
    }
  }

  @Test
  void poll_ofACompleteListing_lacksADeletedVm() throws Exception {
    try (Provider provider = provider()) {
      provider.poll(tick());
      Snapshot before = provider.poll(tick());
      String deleted = deleteVm();
      Snapshot after = provider.poll(tick());

      assertThat(before.vms()).extracting(VmState::vmId).contains(deleted);
      assertThat(after.vms()).extracting(VmState::vmId).doesNotContain(deleted);
      assertThat(after.vmsComplete()).isTrue();
    }
  }

  @Test
  void poll_withWrongCredential_isUnauthorized() throws Exception {
    try (Provider provider = withWrongCredential()) {
      assertThatThrownBy(() -> provider.poll(tick()))
          .isInstanceOfSatisfying(
              ProviderException.class,
              e -> {
                assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
                assertThat(e.apiCalls()).isEqualTo(1);
              });
    }
  }

  @Test
  void poll_ofADeadAddress_isUnreachable() throws Exception {
    try (Provider provider = unreachable()) {
      assertThatThrownBy(() -> provider.poll(tick()))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }
  }

  @Test
  void poll_afterClose_fails() throws Exception {
    Provider provider = provider();
    provider.close();
    assertThatThrownBy(() -> provider.poll(tick())).isInstanceOf(ProviderException.class);
  }

  @Test
  void check_namesNodesAndVersion() throws Exception {
    try (Provider provider = provider()) {
      CheckReport report = provider.check(Deadline.after(PATIENCE));

      assertThat(report.nodes()).isNotEmpty();
      assertThat(report.facts().version()).isNotBlank();
      assertThat(report.responseTime()).isPositive();
      assertThat(report.problems()).isEmpty();
    }
  }
}
