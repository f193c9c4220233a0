/** What the methods of the simulated API do, a class a subject. */
@NullMarked
package io.muster.simulator.proxmox.handlers;

import org.jspecify.annotations.NullMarked;
