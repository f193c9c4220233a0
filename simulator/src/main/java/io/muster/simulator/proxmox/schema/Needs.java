package io.muster.simulator.proxmox.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method asks of its caller before anything else happens. */
public sealed interface Needs {
  /** Open without a login. */
  record Nothing() implements Needs {}

  /** Any login; what is shown is filtered by the handler. */
  record Login() implements Needs {}

  /**
   * Privileges on a path.
   *
   * @param path with parameters in braces
   * @param any one of the names is enough
   * @param given a parameter without which the rule never holds, or null
   */
  record Privileges(String path, List<String> names, boolean any, @Nullable String given)
      implements Needs {
    public Privileges {
      names = List.copyOf(names);
    }
  }

  /** One of the rules. */
  record Either(List<Needs> rules) implements Needs {
    public Either {
      rules = List.copyOf(rules);
    }
  }

  /** All of the rules. */
  record Each(List<Needs> rules) implements Needs {
    public Each {
      rules = List.copyOf(rules);
    }
  }

  /** {@code self}: the parameter {@code userid} is the caller; else a privilege on its realm. */
  record Userid(String rule) implements Needs {}

  /** Privileges on the groups of the user that {@code userid} names. */
  record GroupOfUser(List<String> names) implements Needs {
    public GroupOfUser {
      names = List.copyOf(names);
    }
  }
}
