/** Tests of the program. */
@NullMarked
package io.muster.simulator;

import org.jspecify.annotations.NullMarked;
