/** What happens in a cloud, whatever is asked through its API. */
@NullMarked
package io.muster.simulator.openstack.world;

import org.jspecify.annotations.NullMarked;
