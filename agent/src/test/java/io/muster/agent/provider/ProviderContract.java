package io.muster.agent.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.protocol.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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

  /** A server at this address, trusted by this authority, with a credential that is of no use. */
  protected abstract Provider at(URI address, String authorityPem);

  /** The same server with a known credential that may see nothing. */
  protected abstract Provider withoutPrivileges() throws Exception;

  /** The same server, and an agent whose clock is right by this one. */
  protected abstract Provider byClock(InstantSource clock) throws Exception;

  /**
   * Makes one node of the server behind {@link #provider()} fall silent; returns once it is known.
   */
  protected abstract void breakAPart() throws Exception;

  /** Removes a VM from the server behind {@link #provider()}; returns its id. */
  protected abstract String deleteVm() throws Exception;

  protected static Tick tick() {
    return tick(Instant.now(), PATIENCE);
  }

  private static Tick tick(Instant now, Duration patience) {
    Duration interval = Duration.ofSeconds(10);
    long seconds = interval.toSeconds();
    Instant at = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
    return new Tick(at, interval, Deadline.after(patience));
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

  @Test
  void check_showsTheCertificateOfATrustedServer() throws Exception {
    try (Provider provider = provider()) {
      CheckReport _ = provider.check(Deadline.after(PATIENCE));

      assertThat(provider.certificates())
          .isNotEmpty()
          .allSatisfy(shown -> {
            assertThat(shown.trusted()).isTrue();
            assertThat(shown.certificate().issuer()).isNotBlank();
            assertThat(shown.certificate().expiresAt()).isAfter(Instant.now());
          });
    }
  }

  @Test
  void check_showsTheCertificateThatItRefuses() throws Exception {
    try (RawServer server = new RawServer((path, out) -> {});
        RawServer other = new RawServer((path, out) -> {});
        Provider provider = at(server.url(), other.authorityPem())) {
      assertThatThrownBy(() -> provider.check(Deadline.after(PATIENCE)))
          .isInstanceOf(ProviderException.class);

      assertThat(provider.certificates())
          .singleElement()
          .satisfies(shown -> {
            assertThat(shown.trusted()).isFalse();
            assertThat(shown.certificate().fingerprint()).isEqualTo(server.fingerprint());
          });
    }
  }

  @Test
  void poll_givesEveryVmAnIdOfItsKindAndOfItsServer() throws Exception {
    try (Provider provider = provider()) {
      Snapshot snapshot = provider.poll(tick());
      Set<String> nodes = new HashSet<>();
      snapshot.nodes().forEach(node -> nodes.add(node.node()));

      assertThat(snapshot.vms())
          .allSatisfy(vm -> {
            assertThat(vm.vmId()).matches(vm.type().label() + ":[^:]+(:[^:]+)?");
            if (vm.node() != null) {
              assertThat(nodes).contains(vm.node());
            }
          });
      Set<String> ids = new HashSet<>();
      snapshot.vms().forEach(vm -> ids.add(vm.vmId()));
      assertThat(snapshot.samples())
          .allSatisfy(sample -> {
            switch (sample) {
              case VmSample vm -> assertThat(ids).contains(vm.vmId());
              case NodeSample node -> assertThat(nodes).contains(node.node());
              case ClusterSample _, StorageSample _, QuotaSample _ -> {}
            }
          });
    }
  }

  @Test
  void poll_leavesWhatIsUnknownNull_neverBlankOrNegative() throws Exception {
    try (Provider provider = provider()) {
      Snapshot snapshot = provider.poll(tick());

      assertThat(snapshot.vms())
          .allSatisfy(vm -> {
            assertThat(vm.name()).isNotEqualTo("");
            assertThat(vm.group()).isNotEqualTo("");
            assertThat(vm.statusDetail()).isNotEqualTo("");
          });
      assertThat(snapshot.samples())
          .filteredOn(NodeSample.class::isInstance)
          .asInstanceOf(InstanceOfAssertFactories.list(NodeSample.class))
          .isNotEmpty()
          .allSatisfy(this::nodeIsMeasured);
    }
  }

  /** What every sample of a node must hold; a platform that measures no nodes says so. */
  protected void nodeIsMeasured(NodeSample sample) {
    assertThat(sample.memoryUsedBytes()).isNotNull().isPositive();
    assertThat(sample.memoryTotalBytes()).isGreaterThan(sample.memoryUsedBytes());
    assertThat(sample.cpuUsageRatio()).isNotNull().isBetween(0.0, 1.0);
  }

  @Test
  void poll_withoutPrivileges_neverSaysThatThingsAreGone() throws Exception {
    try (Provider provider = withoutPrivileges()) {
      Snapshot snapshot = provider.poll(tick());

      assertThat(snapshot.vmsComplete()).isFalse();
      assertThat(snapshot.gaps()).isNotEmpty();
    } catch (ProviderException e) {
      assertThat(e.failure()).isEqualTo(Failure.FORBIDDEN);
    }
  }

  @Test
  void poll_ofAServerWithABrokenPart_readsTheRestAndSaysWhichIsNotWell() throws Exception {
    try (Provider provider = provider()) {
      Snapshot before = provider.poll(tick());
      breakAPart();
      Snapshot after = provider.poll(tick());

      assertThat(after.nodes())
          .extracting(NodeState::node)
          .containsExactlyInAnyOrderElementsOf(
              before.nodes().stream().map(NodeState::node).toList());
      assertThat(after.nodes()).filteredOn(node -> !isWell(node.status())).hasSize(1);
      String broken =
          after.nodes().stream()
              .filter(node -> !isWell(node.status()))
              .map(NodeState::node)
              .findFirst()
              .orElseThrow();
      assertThat(after.nodesOnline()).isEqualTo(before.nodes().size() - 1);
      assertThat(after.vms()).filteredOn(vm -> broken.equals(vm.node())).isNotEmpty();
      assertThat(after.vms())
          .allSatisfy(vm -> {
            if (vm.status() == VmStatus.UNKNOWN) {
              assertThat(vm.node()).isEqualTo(broken);
            } else {
              assertThat(vm.node()).isNotEqualTo(broken);
            }
          });
    }
  }

  private static boolean isWell(NodeStatus status) {
    return status == NodeStatus.ONLINE || status == NodeStatus.READY;
  }

  @Test
  void poll_byAClockThatIsFarOff_saysSoAndWritesAtTheTick() throws Exception {
    InstantSource behind = () -> Instant.now().minusSeconds(600);
    try (Provider provider = byClock(behind)) {
      Tick tick = tick(behind.instant(), PATIENCE);
      Snapshot snapshot = provider.poll(tick);

      assertThat(snapshot.clockSkewMs()).isNotNull().isBetween(540_000L, 660_000L);
      assertThat(snapshot.samples())
          .isNotEmpty()
          .allSatisfy(
              sample -> assertThat(sample.ts()).isBeforeOrEqualTo(tick.at().plusSeconds(60)));
      assertThat(snapshot.events()).extracting(Event::type).contains("clock-skew");
    }
  }

  @Test
  void poll_ofGarbage_isAnUnexpectedAnswer() throws Exception {
    ProviderException failure =
        failureAt((path, out) -> RawServer.json(out, "200 OK", "<html>It works!</html>"));

    assertThat(failure.failure()).isEqualTo(Failure.UNEXPECTED_ANSWER);
  }

  @Test
  void poll_ofAServerWithTooMuchToDo_isOverloaded() throws Exception {
    ProviderException failure =
        failureAt((path, out) -> RawServer.json(out, "503 Service Unavailable", "{}"));

    assertThat(failure.failure()).isEqualTo(Failure.OVERLOADED);
  }

  @Test
  void poll_ofAServerThatCutsItsAnswers_fails() throws Exception {
    ProviderException failure =
        failureAt((path, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"".getBytes(UTF_8));
          out.flush();
          throw new IOException("cut");
        });

    assertThat(failure.failure()).isIn(Failure.UNREACHABLE, Failure.UNEXPECTED_ANSWER);
  }

  @Test
  void poll_ofAServerThatIsNotTrusted_isATlsFailure() throws Exception {
    try (RawServer server = new RawServer((path, out) -> {});
        RawServer other = new RawServer((path, out) -> {});
        Provider provider = at(server.url(), other.authorityPem())) {
      assertThatThrownBy(() -> provider.poll(tick()))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TLS));
    }
  }

  @Test
  void poll_ofAServerThatHangs_endsAtItsDeadline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server = new RawServer((path, out) -> end.await());
        Provider provider = at(server.url(), server.authorityPem())) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> provider.poll(tick(Instant.now(), Duration.ofSeconds(2))))
          .isInstanceOfSatisfying(
              ProviderException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.DEADLINE_EXCEEDED));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
    } finally {
      end.countDown();
    }
  }

  private ProviderException failureAt(RawServer.Script script) throws Exception {
    try (RawServer server = new RawServer(script);
        Provider provider = at(server.url(), server.authorityPem())) {
      return catchThrowableOfType(ProviderException.class, () -> provider.poll(tick()));
    }
  }
}
