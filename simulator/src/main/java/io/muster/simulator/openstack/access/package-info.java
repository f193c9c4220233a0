/** Accounts of a cloud and the tokens they hold. */
@NullMarked
package io.muster.simulator.openstack.access;

import org.jspecify.annotations.NullMarked;
