/** Tests at the wire. */
@NullMarked
package io.muster.simulator.proxmox;

import org.jspecify.annotations.NullMarked;
