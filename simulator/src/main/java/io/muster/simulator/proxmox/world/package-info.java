/** A simulated Proxmox VE cluster: how to make one, ask it and play fate with it. */
@NullMarked
package io.muster.simulator.proxmox.world;

import org.jspecify.annotations.NullMarked;
