/** The program's entry point. */
@NullMarked
package io.muster.simulator;

import org.jspecify.annotations.NullMarked;
