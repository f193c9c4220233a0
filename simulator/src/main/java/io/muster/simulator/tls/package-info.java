/** The certificate authority that every simulated cluster has of its own, and what it gave. */
@NullMarked
package io.muster.simulator.tls;

import org.jspecify.annotations.NullMarked;
