package io.muster.simulator.proxmox.access;

import org.jspecify.annotations.Nullable;

/**
 * A user of the cluster.
 *
 * @param id such as {@code muster@pve}
 * @param password null when nobody can log in with one
 * @param expire epoch seconds, 0 = never
 */
public record User(String id, @Nullable String password, boolean enabled, long expire) {
  public User {
    if (!id.matches("[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+")) {
      throw new IllegalArgumentException("A user is written NAME@REALM, not '" + id + "'");
    }
  }

  /** An enabled user without an end. */
  public static User of(String id, @Nullable String password) {
    return new User(id, password, true, 0);
  }

  /** The part behind the {@code @}. */
  String realm() {
    return id.substring(id.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "User[" + id + "]";
  }
}
