/** The threads under every simulated platform. */
@NullMarked
package io.muster.simulator.engine;

import org.jspecify.annotations.NullMarked;
