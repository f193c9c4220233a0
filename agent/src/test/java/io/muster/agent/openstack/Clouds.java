package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Tick;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.openstack.access.Account;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Servers for tests. */
final class Clouds {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(60);

  private Clouds() {}

  static OpenStackServer server(
      URI authUrl, String region, Credential credential, @Nullable String authorityPem) {
    ServerEntry entry =
        new ServerEntry(
            new ServerId(new UUID(5, 6)), "cloud", true, null, "direct", List.of(), null);
    return new OpenStackServer(
        entry, authUrl, region, credential, new TlsTrust(true, List.of(), authorityPem));
  }

  static OpenStackProvider provider(OpenStackServer server, InstantSource clock) {
    return new OpenStackProvider(server, Map.of(), clock);
  }

  static OpenStackProvider with(SimulatedOpenStack cloud, Credential credential) {
    return provider(
        server(cloud.authUrl(), cloud.region(), credential, cloud.authorityPem()),
        InstantSource.system());
  }

  static OpenStackProvider admin(SimulatedOpenStack cloud) {
    return with(cloud, password(cloud, cloud.accounts().admin()));
  }

  static OpenStackProvider member(SimulatedOpenStack cloud) {
    return with(cloud, password(cloud, cloud.accounts().member()));
  }

  static OpenStackProvider reader(SimulatedOpenStack cloud) {
    return with(cloud, password(cloud, cloud.accounts().reader()));
  }

  static Credential password(SimulatedOpenStack cloud, Account account) {
    return password(cloud, account, account.password());
  }

  /** Of the first project that the account has a role on. */
  static Credential password(SimulatedOpenStack cloud, Account account, String password) {
    String project =
        cloud.world().cloud().projects().stream()
            .filter(each -> account.projects().containsKey(each.id()))
            .findFirst()
            .orElseThrow()
            .name();
    return new Credential.Password(
        account.name(), new Secret(password), "Default", project, "Default");
  }

  static Tick tick() {
    return tick(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  static Tick tick(Instant at) {
    return new Tick(at, INTERVAL, Deadline.after(PATIENCE));
  }

  static void until(String what, BooleanSupplier isSo) throws InterruptedException {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!isSo.getAsBoolean()) {
      if (deadline.passed()) {
        throw new AssertionError("not so within " + PATIENCE + ": " + what);
      }
      Thread.sleep(20);
    }
  }
}
