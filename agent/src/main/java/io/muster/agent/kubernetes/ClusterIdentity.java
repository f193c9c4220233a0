package io.muster.agent.kubernetes;

import io.muster.agent.provider.Identity;
import java.time.Instant;

/**
 * A cluster by the uid of its {@code kube-system} namespace, which lives as long as the cluster;
 * two entries about different namespaces of it are two servers.
 */
record ClusterIdentity(String uid, Scope scope, Instant readAt) implements Identity {
  @Override
  public boolean isSameAs(Identity other) {
    return other instanceof ClusterIdentity cluster
        && cluster.uid.equals(uid)
        && cluster.scope.equals(scope);
  }

  @Override
  public boolean sharesWith(Identity other) {
    return isSameAs(other);
  }
}
