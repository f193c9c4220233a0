/** What happens by itself: controllers, kubelets, measurements and churn. */
@NullMarked
package io.muster.simulator.kubernetes.world;

import org.jspecify.annotations.NullMarked;
