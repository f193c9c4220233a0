/** What can go wrong with a simulated cloud. */
@NullMarked
package io.muster.simulator.openstack.faults;

import org.jspecify.annotations.NullMarked;
