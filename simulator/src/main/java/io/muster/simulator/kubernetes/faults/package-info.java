/** What can go wrong with a simulated Kubernetes cluster. */
@NullMarked
package io.muster.simulator.kubernetes.faults;

import org.jspecify.annotations.NullMarked;
