package io.muster.agent.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.Identity;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;
import io.muster.simulator.openstack.OpenStackSettings;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.world.Actor;
import io.muster.simulator.openstack.world.Deed;
import io.muster.simulator.openstack.world.Order;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver at a simulated cloud, where things are not only well. */
final class SimulatedCloudTest {
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final String DETAIL = "path=^/compute/v2.1/servers/detail";

  private SimulatedOpenStack cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 12).build());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Instance running() {
    return cloud.world().cloud().living().stream()
        .filter(machine -> machine.state().status().equals("ACTIVE"))
        .findFirst()
        .orElseThrow();
  }

  private Actor actor(Instance machine) {
    return new Actor(
        cloud.accounts().admin().id(), machine.spec().project(), true, "req-" + machine.id());
  }

  private void act(Instance machine, Deed deed, String until) throws InterruptedException {
    cloud.world().machines().act(machine, deed, Order.PLAIN, actor(machine));
    Clouds.until(until, () -> machine.state().status().equals(until));
  }

  private static VmState state(Snapshot snapshot, Instance machine) {
    return snapshot.vms().stream()
        .filter(vm -> vm.vmId().equals("instance:" + machine.id()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> subjects(Snapshot snapshot) {
    return snapshot.gaps().stream().map(Gap::subject).toList();
  }

  private static <T> List<T> samples(Snapshot snapshot, Class<T> type) {
    return snapshot.samples().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Map<String, Long> callsOf(Work work) throws Exception {
    Map<String, Long> before = Map.copyOf(cloud.calls());
    work.run();
    return cloud.calls().entrySet().stream()
        .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L)));
  }

  private interface Work {
    void run() throws Exception;
  }

  @Test
  void poll_ofASteadyCloud_asksForChangesHostsAndServices_andEachGuestOnce() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Instant tick = Instant.now();
      provider.poll(Clouds.tick(tick));

      Map<String, Long> calls = callsOf(() -> provider.poll(Clouds.tick(tick.plusSeconds(10))));

      long guests =
          calls.entrySet().stream()
              .filter(entry -> entry.getKey().contains("diagnostics"))
              .mapToLong(Map.Entry::getValue)
              .sum();
      assertThat(guests).isBetween(1L, 12L);
      assertThat(calls.keySet())
          .noneMatch(call -> call.contains("tokens") || call.contains("quota"))
          .anyMatch(call -> call.contains("servers/detail"))
          .anyMatch(call -> call.contains("os-hypervisors/detail"))
          .anyMatch(call -> call.contains("os-services"));
      // changes, hosts, services, an uptime a host, and a call a guest
      assertThat(calls.values().stream().mapToLong(Long::longValue).sum())
          .isLessThanOrEqualTo(3 + 3 + guests);
    }
  }

  @Test
  void secondReading_givesCpuAndRates() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (SimulatedOpenStack still =
            SimulatedOpenStack.start(OpenStackSettings.forTests(2, 6).clock(now::get).build());
        OpenStackProvider provider =
            Clouds.provider(
                Clouds.server(
                    still.authUrl(),
                    still.region(),
                    Clouds.password(still, still.accounts().admin()),
                    still.authorityPem()),
                now::get)) {
      Snapshot first = provider.poll(Clouds.tick(now.get()));
      now.updateAndGet(at -> at.plusSeconds(60));
      Snapshot second = provider.poll(Clouds.tick(now.get()));

      assertThat(samples(first, VmSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> assertThat(sample.cpuUsageRatio()).isNull());
      assertThat(samples(second, VmSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.sampleSeconds()).isEqualTo(60);
            assertThat(sample.cpuUsageRatio()).isBetween(0.0, 1.0);
            assertThat(sample.memorySource()).isEqualTo(MemorySource.DIAGNOSTICS);
            assertThat(sample.networkReceiveBytesPerSecond()).isNotNegative();
            assertThat(sample.diskReadBytesPerSecond()).isNotNegative();
            assertThat(sample.diskTotalBytes()).isPositive();
          });
    }
  }

  @Test
  void poll_readsQuotasAndStorages_inBytes() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(samples(snapshot, QuotaSample.class))
          .extracting(QuotaSample::resource)
          .contains("instances", "cores", "ram_bytes", "volumes", "volumes_bytes", "floating_ips");
      assertThat(samples(snapshot, QuotaSample.class))
          .filteredOn(sample -> sample.resource().equals("ram_bytes"))
          .anySatisfy(sample -> assertThat(sample.used()).isGreaterThan(1L << 28));
      assertThat(samples(snapshot, StorageSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.node()).isNull();
            assertThat(sample.status()).isEqualTo(StorageSample.Status.AVAILABLE);
            assertThat(sample.totalBytes()).isGreaterThan(1L << 30);
          });
    }
  }

  @Test
  void change_isSeenAtTheNextPoll_withWhatWasDone() throws Exception {
    Instance machine = running();
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      act(machine, Deed.STOP, "SHUTOFF");
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(state(snapshot, machine).status()).isEqualTo(VmStatus.STOPPED);
      assertThat(state(snapshot, machine).statusDetail()).isEqualTo("SHUTOFF");
      assertThat(snapshot.events())
          .filteredOn(event -> ("instance:" + machine.id()).equals(event.vmId()))
          .extracting(Event::type, Event::source, Event::state)
          .contains(tuple("stop", Event.Source.INSTANCE_ACTION, Event.State.OK));
      assertThat(provider.poll(Clouds.tick()).events()).isEmpty();
    }
  }

  @Test
  void brokenInstance_isFailed_andItsFaultAnEvent() throws Exception {
    Instance machine = running();
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.world().builds().breakDown(machine, "No valid host was found.");
      Clouds.until("it is broken", () -> machine.state().status().equals("ERROR"));
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(state(snapshot, machine).status()).isEqualTo(VmStatus.FAILED);
      assertThat(snapshot.events())
          .filteredOn(event -> event.type().equals("fault"))
          .singleElement()
          .satisfies(event -> {
            assertThat(event.message()).contains("No valid host was found.");
            assertThat(event.severity()).isEqualTo(Event.Severity.ERROR);
          });
    }
  }

  @Test
  void member_seesItsProject_withSizes_andSaysWhatItMayNot() throws Exception {
    try (OpenStackProvider provider = Clouds.member(cloud)) {
      Snapshot first = provider.poll(Clouds.tick());
      String project = cloud.world().cloud().projects().get(1).name();

      assertThat(first.vms()).isNotEmpty();
      assertThat(first.vms()).extracting(VmState::group).containsOnly(project);
      assertThat(first.nodes()).isEmpty();
      assertThat(first.nodesTotal()).isNull();
      assertThat(samples(first, VmSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.cpuCores()).isPositive();
            assertThat(sample.memoryTotalBytes()).isPositive();
            assertThat(sample.memorySource()).isNull();
          });
      assertThat(first.facts().missingPrivileges())
          .contains("os_compute_api:servers:detail:get_all_tenants");
      assertThat(first.gaps()).extracting(Gap::failure).containsOnly(Failure.FORBIDDEN);
    }
  }

  @Test
  void member_isToldThatAnInstanceOfItsWasDeleted() throws Exception {
    try (OpenStackProvider provider = Clouds.member(cloud)) {
      provider.poll(Clouds.tick());
      String project = cloud.world().cloud().projects().get(1).id();
      Instance victim =
          cloud.world().cloud().living().stream()
              .filter(machine -> machine.spec().project().equals(project))
              .findFirst()
              .orElseThrow();
      cloud.world().machines().delete(victim, "delete", actor(victim));
      Clouds.until("it is gone", () -> victim.state().isDeleted());
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.vmsComplete()).isFalse();
      assertThat(state(snapshot, victim).status()).isEqualTo(VmStatus.REMOVED);
    }
  }

  @Test
  void applicationCredential_isAsGoodAsItsUser() throws Exception {
    ApplicationCredential of = cloud.accounts().adminCredential();
    Credential credential = new Credential.Application(of.id(), new Secret(of.secret()));
    try (OpenStackProvider provider = Clouds.with(cloud, credential)) {
      assertThat(provider.poll(Clouds.tick()).vms()).hasSize(12);
    }
  }

  @Test
  void expiredToken_isRenewedOnce() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.faults().add("token-expired");

      Map<String, Long> calls =
          callsOf(() -> assertThat(provider.poll(Clouds.tick()).gaps()).isEmpty());

      assertThat(calls)
          .anySatisfy((call, count) -> {
            assertThat(call).contains("POST").contains("tokens");
            assertThat(count).isEqualTo(1);
          });
    }
  }

  @Test
  void token_isRenewedBeforeItEnds() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (SimulatedOpenStack still =
            SimulatedOpenStack.start(
                OpenStackSettings.forTests(1, 2)
                    .clock(now::get)
                    .tokenLifetime(Duration.ofMinutes(10))
                    .build());
        OpenStackProvider provider =
            Clouds.provider(
                Clouds.server(
                    still.authUrl(),
                    still.region(),
                    Clouds.password(still, still.accounts().admin()),
                    still.authorityPem()),
                now::get)) {
      for (int minute = 0; minute < 20; minute++) {
        provider.poll(Clouds.tick(now.get()));
        now.updateAndGet(at -> at.plusSeconds(60));
      }

      assertThat(still.calls().entrySet())
          .filteredOn(entry -> entry.getKey().contains("tokens"))
          .singleElement()
          .satisfies(entry -> assertThat(entry.getValue()).isBetween(2L, 4L));
      assertThat(still.calls().keySet()).noneMatch(call -> call.contains("401"));
    }
  }

  @Test
  void refusedLogin_isUnauthorized_andNotTriedOnAndOn() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.faults().add("login-refused");
      cloud.faults().add("token-expired");

      assertThatThrownBy(() -> provider.poll(Clouds.tick()))
          .isInstanceOfSatisfying(
              ProviderException.class,
              e -> {
                assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
                assertThat(e).hasMessageContaining("Keystone does not tell which");
                assertThat(e.getMessage()).doesNotContain(cloud.accounts().admin().password());
              });
      assertThat(
              callsOf(
                      () -> {
                        for (int i = 0; i < 3; i++) {
                          assertThatThrownBy(() -> provider.poll(Clouds.tick()))
                              .hasMessageContaining("Keystone does not tell which");
                        }
                      })
                  .keySet())
          .noneMatch(call -> call.contains("tokens"));
    }
  }

  @Test
  void keystoneAway_costsNothingWhileTheTokenIsGood() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.faults().add("down,service=identity");
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.vms()).hasSize(12);
      assertThat(snapshot.nodes()).hasSize(3);
    }
  }

  @Test
  void neutronAway_leavesInstancesAsTheyWere() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot before = provider.poll(Clouds.tick());
      cloud.faults().add("down,service=network");
      Snapshot after = provider.poll(Clouds.tick());

      assertThat(after.vms()).containsExactlyInAnyOrderElementsOf(before.vms());
      assertThat(after.vmsComplete()).isFalse();
      assertThat(subjects(after)).containsExactly("instances");
      assertThat(after.gaps().getFirst().message()).contains("look at Neutron");
    }
  }

  @Test
  void projectThatIsGone_costsItsOwnQuotas() throws Exception {
    List<String> ids =
        cloud.world().cloud().projects().stream().map(project -> project.id()).sorted().toList();
    cloud.faults().add("status,status=400,path=^/compute/v2.1/os-quota-sets/" + ids.getFirst());
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(samples(snapshot, QuotaSample.class))
          .filteredOn(quota -> quota.resource().equals("instances"))
          .hasSize(ids.size() - 1);
      assertThat(subjects(snapshot)).isEmpty();
    }
  }

  @Test
  void actionsThatCantBeTold_costNobodyElses() throws Exception {
    Instance mute = running();
    cloud
        .faults()
        .add("status,status=500,path=^/compute/v2.1/servers/" + mute.id() + "/os-instance-actions");
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      act(mute, Deed.STOP, "SHUTOFF");
      assertThat(subjects(provider.poll(Clouds.tick()))).containsExactly("instance actions");
      Instance other = running();
      act(other, Deed.STOP, "SHUTOFF");

      List<Event> events = new ArrayList<>(provider.poll(Clouds.tick()).events());
      events.addAll(provider.poll(Clouds.tick()).events());

      assertThat(events).extracting(Event::vmId).contains("instance:" + other.id());
    }
  }

  @Test
  void cinderAway_costsItsOwn() throws Exception {
    cloud.faults().add("down,service=volume");
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.vmsComplete()).isTrue();
      assertThat(samples(snapshot, StorageSample.class)).isEmpty();
      assertThat(samples(snapshot, NodeSample.class)).hasSize(3);
      assertThat(snapshot.gaps()).extracting(Gap::failure).containsOnly(Failure.OVERLOADED);
      assertThat(subjects(snapshot))
          .containsExactlyInAnyOrder(
              "quotas of Cinder", "storage pools", "volume services", "volumes");
    }
  }

  @Test
  void missingService_isNoGap_butANoteOfTheCheck() throws Exception {
    cloud.faults().add("missing,service=volume");
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      assertThat(provider.poll(Clouds.tick()).gaps()).isEmpty();
      CheckReport report = provider.check(Deadline.after(Clouds.PATIENCE));

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).anyMatch(note -> note.contains("the catalog has no Cinder"));
    }
  }

  @Test
  void deadConnection_isReplacedByANewOne() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.faults().add("dropped,times=1," + DETAIL);

      assertThat(provider.poll(Clouds.tick()).gaps()).isEmpty();
    }
  }

  @Test
  void novaAway_isAFailedPoll() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      provider.poll(Clouds.tick());
      cloud.faults().add("down,service=compute");

      assertThatThrownBy(() -> provider.poll(Clouds.tick()))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.OVERLOADED));
    }
  }

  @Test
  void hungHost_costsItsGuestsUsage_andIsLeftAlone() throws Exception {
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Instant tick = Instant.now();
      provider.poll(Clouds.tick(tick));
      String host = String.valueOf(running().state().host());
      cloud.world().hang(host);
      Clouds.until(
          host + " is down", () -> !cloud.world().compute(host).isUp(cloud.world().cloud().now()));
      Map<String, Long> calls =
          callsOf(() -> {
            Snapshot snapshot = provider.poll(Clouds.tick(tick.plusSeconds(10)));
            NodeState node =
                snapshot.nodes().stream()
                    .filter(each -> each.node().equals(host))
                    .findFirst()
                    .orElseThrow();
            assertThat(node.status()).isEqualTo(NodeStatus.OFFLINE);
            assertThat(node.statusDetail()).isEqualTo("nova-compute is down");
            assertThat(snapshot.vms())
                .filteredOn(vm -> host.equals(vm.node()))
                .isNotEmpty()
                .allSatisfy(vm -> {
                  assertThat(vm.status()).isEqualTo(VmStatus.UNKNOWN);
                  assertThat(vm.statusDetail()).endsWith(", its host is down");
                });
          });

      List<String> onIt =
          cloud.world().cloud().living().stream()
              .filter(machine -> host.equals(machine.state().host()))
              .map(Instance::id)
              .toList();
      assertThat(calls.keySet())
          .noneMatch(call -> onIt.stream().anyMatch(id -> call.contains(id + "/diagnostics")));
    }
  }

  @Test
  void disabledHost_isInMaintenance() throws Exception {
    String host = cloud.world().cloud().computes().getFirst().host().name();
    cloud.world().disable(host, "firmware");
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.nodesOnline()).isEqualTo(3);
      assertThat(snapshot.nodes())
          .filteredOn(node -> node.status() == NodeStatus.MAINTENANCE)
          .singleElement()
          .satisfies(node -> {
            assertThat(node.node()).isEqualTo(host);
            assertThat(node.statusDetail()).isEqualTo("disabled: firmware");
          });
    }
  }

  @Test
  void placement_tellsOfHosts_whereNovaMayNot() throws Exception {
    cloud.faults().add("status,status=403,path=^/compute/v2.1/os-hypervisors");
    try (OpenStackProvider provider = Clouds.admin(cloud)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.nodes()).hasSize(3);
      assertThat(snapshot.nodesComplete()).isFalse();
      assertThat(samples(snapshot, NodeSample.class))
          .hasSize(3)
          .allSatisfy(sample -> {
            assertThat(sample.cpuCores()).isPositive();
            assertThat(sample.memoryTotalBytes()).isPositive();
            assertThat(sample.vcpusAllocated()).isNotNull();
          });
      assertThat(subjects(snapshot)).containsExactly("hypervisors");
    }
  }

  @Test
  void oldestCloudThatIsRead_isRead_andAnOlderOneSaysWhy() throws Exception {
    try (SimulatedOpenStack old =
            SimulatedOpenStack.start(
                OpenStackSettings.forTests(2, 4).computeMicroversion(53).build());
        OpenStackProvider provider = Clouds.admin(old)) {
      assertThat(provider.poll(Clouds.tick()).vms()).hasSize(4);
    }
    try (SimulatedOpenStack older =
            SimulatedOpenStack.start(
                OpenStackSettings.forTests(2, 4).computeMicroversion(42).build());
        OpenStackProvider provider = Clouds.admin(older)) {
      assertThatThrownBy(() -> provider.poll(Clouds.tick()))
          .hasMessageContaining("2.53 (Pike, 2017) is needed");
    }
  }

  @Test
  void wrongRegion_isNamedWithThoseThereAre() throws Exception {
    try (OpenStackProvider provider =
        Clouds.provider(
            Clouds.server(
                cloud.authUrl(),
                "Nowhere",
                Clouds.password(cloud, cloud.accounts().admin()),
                cloud.authorityPem()),
            Instant::now)) {
      assertThatThrownBy(() -> provider.poll(Clouds.tick()))
          .hasMessageContaining("no region 'Nowhere', only [RegionOne]");
    }
  }

  @Test
  void check_ofAMember_namesRuleAndLoss() throws Exception {
    try (OpenStackProvider provider = Clouds.member(cloud)) {
      CheckReport report = provider.check(Deadline.after(Clouds.PATIENCE));

      assertThat(report.problems())
          .anyMatch(problem ->
              problem.contains("os_compute_api:os-hypervisors:list-detail")
                  && problem.contains("hosts are unknown"));
      assertThat(report.notes()).anyMatch(note -> note.contains("sees project"));
    }
  }

  @Test
  void thousandsOfInstances_comeInPages() throws Exception {
    try (SimulatedOpenStack large =
            SimulatedOpenStack.start(OpenStackSettings.forTests(20, 1200).build());
        OpenStackProvider provider = Clouds.admin(large)) {
      Snapshot snapshot = provider.poll(Clouds.tick());

      assertThat(snapshot.vms()).hasSize(1200).doesNotHaveDuplicates();
    }
  }

  @Test
  void twoEntriesOfACloud_areOneServer_unlessTheySeeLess() throws Exception {
    try (OpenStackProvider one = Clouds.admin(cloud);
        OpenStackProvider other = Clouds.admin(cloud);
        OpenStackProvider member = Clouds.member(cloud)) {
      one.poll(Clouds.tick());
      other.look(Clouds.tick());
      member.look(Clouds.tick());

      Identity identity = Objects.requireNonNull(one.identity());
      assertThat(identity.isSameAs(Objects.requireNonNull(other.identity()))).isTrue();
      assertThat(identity.isSameAs(Objects.requireNonNull(member.identity()))).isFalse();
    }
  }
}
