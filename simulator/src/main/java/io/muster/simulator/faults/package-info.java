/** What goes wrong on demand, whatever the platform: how it is asked for, counted and ended. */
@NullMarked
package io.muster.simulator.faults;

import org.jspecify.annotations.NullMarked;
