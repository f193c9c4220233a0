/** The tables and the way of a row into a real QuestDB. */
@NullMarked
package io.muster.agent.metrics;

import org.jspecify.annotations.NullMarked;
