/** The nodes' own ports, where they tell what they measure. */
@NullMarked
package io.muster.simulator.kubernetes.kubelet;

import org.jspecify.annotations.NullMarked;
