package io.muster.simulator.openstack.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may come in: an administrator, a member and a reader of one project, and two programs. */
public record Accounts(
    Account admin,
    Account member,
    Account reader,
    ApplicationCredential adminCredential,
    ApplicationCredential memberCredential) {

  public List<Account> all() {
    return List.of(admin, member, reader);
  }

  public @Nullable Account named(String name) {
    return all().stream().filter(account -> account.name().equals(name)).findFirst().orElse(null);
  }

  public @Nullable Account withId(String id) {
    return all().stream().filter(account -> account.id().equals(id)).findFirst().orElse(null);
  }

  public List<ApplicationCredential> credentials() {
    return List.of(adminCredential, memberCredential);
  }

  public @Nullable ApplicationCredential credential(String id) {
    return credentials().stream()
        .filter(credential -> credential.id().equals(id))
        .findFirst()
        .orElse(null);
  }
}
