/** A Proxmox VE cluster to talk to: start it, ask where it is, take it down. */
@NullMarked
package io.muster.simulator.proxmox;

import org.jspecify.annotations.NullMarked;
