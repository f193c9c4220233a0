/** The cluster's own certificate authority and the certificate of each node. */
@NullMarked
package io.muster.simulator.proxmox.tls;

import org.jspecify.annotations.NullMarked;
