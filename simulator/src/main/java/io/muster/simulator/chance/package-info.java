/** Values that look like life and are the same in every run with the same seed. */
@NullMarked
package io.muster.simulator.chance;

import org.jspecify.annotations.NullMarked;
