@NullMarked
package io.muster.simulator.relay;

import org.jspecify.annotations.NullMarked;
