/** A simulated OpenStack cloud. */
@NullMarked
package io.muster.simulator.openstack;

import org.jspecify.annotations.NullMarked;
