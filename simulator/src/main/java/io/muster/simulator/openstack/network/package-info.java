/** Neutron, as far as monitoring and actions meet it. */
@NullMarked
package io.muster.simulator.openstack.network;

import org.jspecify.annotations.NullMarked;
