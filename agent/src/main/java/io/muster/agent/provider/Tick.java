package io.muster.agent.provider;

import java.time.Duration;
import java.time.Instant;

/**
 * One round of reading a server.
 *
 * @param at floor(now, interval): the time of states, and of samples whose platform gives none
 * @param interval time from this tick to the next
 * @param deadline of the whole poll
 */
public record Tick(Instant at, Duration interval, Deadline deadline) {}
