/** Cinder. */
@NullMarked
package io.muster.simulator.openstack.volume;

import org.jspecify.annotations.NullMarked;
