/** The Proxmox driver: its readers on fixtures, its client at the wire, the whole at a cluster. */
@NullMarked
package io.muster.agent.proxmox;

import org.jspecify.annotations.NullMarked;
