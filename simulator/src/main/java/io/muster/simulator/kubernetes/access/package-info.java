/** Who asks, and what that one may do. */
@NullMarked
package io.muster.simulator.kubernetes.access;

import org.jspecify.annotations.NullMarked;
