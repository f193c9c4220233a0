/** What can go wrong with a simulated cluster, and what each fault does. */
@NullMarked
package io.muster.simulator.proxmox.faults;

import org.jspecify.annotations.NullMarked;
