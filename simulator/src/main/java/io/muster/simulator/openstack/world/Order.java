package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Flavor;
import org.jspecify.annotations.Nullable;

/**
 * With what something is to be done to a machine.
 *
 * @param flavor of a resize, or null
 * @param image id: to rebuild from, or of the snapshot that is made; or null
 * @param name of the machine from now on, or null
 * @param host to go to, or null
 */
public record Order(
    @Nullable Flavor flavor, @Nullable String image, @Nullable String name, @Nullable String host) {
  public static final Order PLAIN = new Order(null, null, null, null);
}
