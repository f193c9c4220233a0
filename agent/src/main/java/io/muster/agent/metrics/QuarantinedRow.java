package io.muster.agent.metrics;

import java.time.Instant;

/**
 * A row that QuestDB refused and that was therefore not written.
 *
 * @param at when it was refused
 * @param row its table, time and key, for people
 * @param reason QuestDB's words
 */
public record QuarantinedRow(Instant at, String table, String row, String reason) {}
