/** Tests of playing recordings. */
@NullMarked
package io.muster.simulator.playback;

import org.jspecify.annotations.NullMarked;
