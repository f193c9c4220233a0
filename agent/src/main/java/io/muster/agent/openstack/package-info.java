/**
 * OpenStack: Nova is listed in full now and then and by its changes between, hosts come from Nova
 * or Placement, what guests use from Nova's diagnostics, in turns.
 *
 * <p>No client library: what openstack4j 3.12 gives (sign-in by password, typed answers) is less
 * than what it lacks (application credentials, microversions, paging, deadlines, clean errors).
 */
@NullMarked
package io.muster.agent.openstack;

import org.jspecify.annotations.NullMarked;
