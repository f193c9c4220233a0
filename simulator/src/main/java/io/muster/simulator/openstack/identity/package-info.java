/** Keystone: who may come in, as whom and for how long. */
@NullMarked
package io.muster.simulator.openstack.identity;

import org.jspecify.annotations.NullMarked;
