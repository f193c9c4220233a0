package io.muster.agent.poll;

import java.time.Instant;

/**
 * One planned poll.
 *
 * @param tick what its rows carry
 * @param at when the request goes out
 */
record Slot(Instant tick, Instant at) {}
