package io.muster.simulator.openstack.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an account may do in a project; each implies those before it. */
public enum Role {
  READER,
  MEMBER,
  ADMIN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Itself and what it implies. */
  public List<Role> all() {
    return Arrays.stream(values()).filter(role -> role.compareTo(this) <= 0).toList();
  }
}
