/** Users, tokens, tickets, roles and access lists of a simulated cluster. */
@NullMarked
package io.muster.simulator.proxmox.access;

import org.jspecify.annotations.NullMarked;
