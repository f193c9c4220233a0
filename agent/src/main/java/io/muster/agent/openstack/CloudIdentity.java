package io.muster.agent.openstack;

import io.muster.agent.provider.Identity;
import java.net.URI;
import java.time.Instant;

/**
 * A region of a cloud by the address of its Nova; two entries that see different projects of it are
 * two servers.
 *
 * @param scope a project's id, or all
 */
record CloudIdentity(URI compute, String region, String scope, Instant readAt) implements Identity {
  static final String ALL = "*";

  @Override
  public boolean isSameAs(Identity other) {
    return other instanceof CloudIdentity cloud
        && cloud.compute.equals(compute)
        && cloud.region.equals(region)
        && cloud.scope.equals(scope);
  }

  @Override
  public boolean sharesWith(Identity other) {
    return isSameAs(other);
  }
}
