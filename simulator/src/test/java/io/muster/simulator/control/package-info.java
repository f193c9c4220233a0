/** Tests of the control endpoint. */
@NullMarked
package io.muster.simulator.control;

import org.jspecify.annotations.NullMarked;
