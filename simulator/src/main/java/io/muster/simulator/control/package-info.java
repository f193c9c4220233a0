/** The door through which a test or a person makes things happen in a simulated platform. */
@NullMarked
package io.muster.simulator.control;

import org.jspecify.annotations.NullMarked;
