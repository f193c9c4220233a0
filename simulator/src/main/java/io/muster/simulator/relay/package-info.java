/** An HTTP relay in front of a QuestDB that fails when it is told to. */
@NullMarked
package io.muster.simulator.relay;

import org.jspecify.annotations.NullMarked;
