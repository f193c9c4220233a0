/** Serves what a real server once answered. */
@NullMarked
package io.muster.simulator.playback;

import org.jspecify.annotations.NullMarked;
