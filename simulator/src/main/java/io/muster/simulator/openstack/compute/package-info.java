/** Nova. */
@NullMarked
package io.muster.simulator.openstack.compute;

import org.jspecify.annotations.NullMarked;
