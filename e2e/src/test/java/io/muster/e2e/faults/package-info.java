/**
 * The fault suite: whole sites of real processes, faults put upon them, and every sample that the
 * simulator produced counted in QuestDB afterwards.
 */
@NullMarked
package io.muster.e2e.faults;

import org.jspecify.annotations.NullMarked;
