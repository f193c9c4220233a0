package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.api.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller, known by ticket or token; its rights are looked up at each question. */
final class Identity implements Caller {
  private final AccessControl access;
  private final String user;
  private final @Nullable String token;

  Identity(AccessControl access, String user, @Nullable String token) {
    this.access = access;
    this.user = user;
    this.token = token;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public @Nullable String token() {
    return token;
  }

  @Override
  public String identity() {
    return token == null ? user : user + "!" + token;
  }

  @Override
  public boolean may(String path, String... anyOf) {
    Map<String, Integer> held = access.privileges(identity(), path);
    for (String name : anyOf) {
      if (held.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Map<String, Map<String, Integer>> permissions(@Nullable String path) {
    return path == null
        ? access.allPrivileges(identity())
        : Map.of(path, access.privileges(identity(), path));
  }
}
