/** The seam between the HTTP layer of a simulated Proxmox VE and what its methods do. */
@NullMarked
package io.muster.simulator.proxmox.api;

import org.jspecify.annotations.NullMarked;
