package io.muster.agent.proxmox;

import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderContract;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import io.muster.simulator.proxmox.access.ApiToken;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class ProxmoxProviderContractTest extends ProviderContract {
  private SimulatedProxmox cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 3).build());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Override
  protected Provider provider() {
    return Servers.reader(cluster);
  }

  @Override
  protected Provider withWrongCredential() {
    return Servers.provider(
        Servers.server(cluster.urls(), Servers.token(), Servers.authority(cluster.authorityPem())));
  }

  @Override
  protected Provider unreachable() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      URI nobody = URI.create("https://127.0.0.1:" + free.getLocalPort());
      return Servers.provider(
          Servers.server(List.of(nobody), Servers.token(), Servers.unverified()));
    }
  }

  @Override
  protected Provider at(URI address, String authorityPem) {
    return Servers.provider(
        Servers.server(List.of(address), Servers.token(), Servers.authority(authorityPem)));
  }

  @Override
  protected Provider withoutPrivileges() {
    ApiToken bare =
        new ApiToken(cluster.readerToken().user(), "bare", Servers.SECRET, true, 0, "no grants");
    cluster.access().add(bare);
    return Servers.provider(
        Servers.server(
            cluster.urls(), Servers.token(bare), Servers.authority(cluster.authorityPem())));
  }

  @Override
  protected Provider byClock(InstantSource clock) {
    return new ProxmoxProvider(
        Servers.server(
            cluster.urls(),
            Servers.token(cluster.readerToken()),
            Servers.authority(cluster.authorityPem())),
        Map.of(),
        clock);
  }

  @Override
  protected void breakAPart() {
    cluster.stopNode(cluster.nodes().getLast());
  }

  @Override
  protected String deleteVm() {
    int vmid = cluster.world().state().guests().getFirst().vmid();
    String type = cluster.world().state().guests().getFirst().type();
    cluster.world().deleteGuest(vmid);
    return type + ":" + vmid;
  }
}
