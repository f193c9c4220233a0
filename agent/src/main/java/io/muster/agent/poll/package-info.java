/** Who is polled when: one virtual thread a server, learned time-outs, the circuit breaker. */
@NullMarked
package io.muster.agent.poll;

import org.jspecify.annotations.NullMarked;
