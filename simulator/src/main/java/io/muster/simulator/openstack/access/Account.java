package io.muster.simulator.openstack.access;

import java.util.Map;

/**
 * A user of the domain Default.
 *
 * @param projects roles by the ids of projects
 */
public record Account(String id, String name, String password, Map<String, Role> projects) {
  public Account {
    projects = Map.copyOf(projects);
  }

  /** Whether it may ask for a token of the whole system. */
  public boolean isAdmin() {
    return projects.containsValue(Role.ADMIN);
  }

  @Override
  public String toString() {
    return "Account[" + name + "]";
  }
}
