/** What a cloud is made of: hosts, machines, flavors, images, volumes. */
@NullMarked
package io.muster.simulator.openstack.model;

import org.jspecify.annotations.NullMarked;
