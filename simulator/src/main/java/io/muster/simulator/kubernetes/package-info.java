/** A simulated Kubernetes cluster: an API server, and the controllers and kubelets behind it. */
@NullMarked
package io.muster.simulator.kubernetes;

import org.jspecify.annotations.NullMarked;
