package io.muster.agent.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderContract;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;
import io.muster.simulator.openstack.OpenStackSettings;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.world.Actor;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class OpenStackProviderContractTest extends ProviderContract {
  private SimulatedOpenStack cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 12).build());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Override
  protected Provider provider() {
    return Clouds.admin(cloud);
  }

  @Override
  protected Provider withWrongCredential() {
    return Clouds.with(cloud, Clouds.password(cloud, cloud.accounts().admin(), "wrong"));
  }

  @Override
  protected Provider unreachable() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return at(URI.create("https://127.0.0.1:" + free.getLocalPort()), cloud.authorityPem());
    }
  }

  @Override
  protected Provider at(URI address, String authorityPem) {
    Credential credential = new Credential.Application("id", new Secret("secret"));
    return Clouds.provider(
        Clouds.server(address, "RegionOne", credential, authorityPem), InstantSource.system());
  }

  @Override
  protected Provider withoutPrivileges() {
    return Clouds.reader(cloud);
  }

  @Override
  protected Provider byClock(InstantSource clock) {
    return Clouds.provider(
        Clouds.server(
            cloud.authUrl(),
            cloud.region(),
            Clouds.password(cloud, cloud.accounts().admin()),
            cloud.authorityPem()),
        clock);
  }

  @Override
  protected void breakAPart() throws InterruptedException {
    String host = cloud.world().cloud().computes().get(1).host().name();
    cloud.world().hang(host);
    Clouds.until(
        host + " is down", () -> !cloud.world().compute(host).isUp(cloud.world().cloud().now()));
  }

  @Override
  protected String deleteVm() throws InterruptedException {
    Instance victim = cloud.world().cloud().living().getFirst();
    cloud
        .world()
        .machines()
        .delete(
            victim,
            "delete",
            new Actor(cloud.accounts().admin().id(), victim.spec().project(), true, "req-1"));
    Clouds.until(
        victim.id() + " is gone",
        () -> cloud.world().cloud().living().stream().noneMatch(victim::equals));
    return "instance:" + victim.id();
  }

  /** OpenStack knows what a host has and gave away, never what it uses. */
  @Override
  protected void nodeIsMeasured(NodeSample sample) {
    assertThat(sample.cpuUsageRatio()).isNull();
    assertThat(sample.memoryUsedBytes()).isNull();
    assertThat(sample.cpuCores()).isPositive();
    assertThat(sample.vcpusAllocated()).isNotNull().isNotNegative();
    assertThat(sample.memoryTotalBytes()).isPositive();
    assertThat(sample.memoryAllocatedBytes()).isNotNull().isNotNegative();
  }
}
