/** Glance. */
@NullMarked
package io.muster.simulator.openstack.image;

import org.jspecify.annotations.NullMarked;
