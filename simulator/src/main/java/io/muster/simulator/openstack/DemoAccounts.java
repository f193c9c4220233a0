package io.muster.simulator.openstack;

import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.access.Role;
import io.muster.simulator.openstack.model.Ids;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.world.Cloud;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The accounts that every simulated cloud has. */
final class DemoAccounts {
  private DemoAccounts() {}

  static Accounts of(Cloud cloud, KeptSecrets secrets) throws IOException {
    Ids ids = cloud.ids();
    Map<String, Role> everywhere = new LinkedHashMap<>();
    for (Project project : cloud.projects()) {
      everywhere.put(project.id(), Role.ADMIN);
    }
    String first = cloud.projects().get(1).id();
    Account admin = new Account(ids.hex("user", 0), "admin", secrets.of("admin"), everywhere);
    Account member =
        new Account(ids.hex("user", 1), "demo", secrets.of("demo"), Map.of(first, Role.MEMBER));
    Account reader =
        new Account(
            ids.hex("user", 2), "watcher", secrets.of("watcher"), Map.of(first, Role.READER));
    return new Accounts(
        admin,
        member,
        reader,
        new ApplicationCredential(
            ids.hex("credential", 0),
            "muster",
            secrets.of("admin-credential"),
            admin,
            cloud.projects().getFirst().id()),
        new ApplicationCredential(
            ids.hex("credential", 1), "muster", secrets.of("demo-credential"), member, first));
  }
}
