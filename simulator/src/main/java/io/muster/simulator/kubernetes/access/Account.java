package io.muster.simulator.kubernetes.access;

import java.util.List;

/**
 * Somebody who may ask.
 *
 * @param cluster rules that hold everywhere
 * @param namespace where {@code local} rules hold; empty: nowhere
 */
public record Account(String user, List<Rule> cluster, String namespace, List<Rule> local) {
  public Account {
    cluster = List.copyOf(cluster);
    local = List.copyOf(local);
  }

  boolean may(Deed deed) {
    return cluster.stream().anyMatch(rule -> rule.allows(deed))
        || (!namespace.isEmpty()
            && namespace.equals(deed.namespace())
            && local.stream().anyMatch(rule -> rule.allows(deed)));
  }
}
