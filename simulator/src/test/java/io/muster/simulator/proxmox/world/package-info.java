/** The simulated cluster asked at its handlers. */
@NullMarked
package io.muster.simulator.proxmox.world;

import org.jspecify.annotations.NullMarked;
