/** The simulated Kubernetes cluster, on the wire. */
@NullMarked
package io.muster.simulator.kubernetes;

import org.jspecify.annotations.NullMarked;
