/** One TLS listener a node, and the way of a request through it. */
@NullMarked
package io.muster.simulator.proxmox.http;

import org.jspecify.annotations.NullMarked;
