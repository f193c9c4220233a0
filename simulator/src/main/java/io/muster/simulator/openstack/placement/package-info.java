/** Placement. */
@NullMarked
package io.muster.simulator.openstack.placement;

import org.jspecify.annotations.NullMarked;
