/** The tables, rows into QuestDB, and what stands between a poll and the database. */
@NullMarked
package io.muster.agent.metrics;

import org.jspecify.annotations.NullMarked;
