package io.muster.agent.poll;

import io.muster.agent.metrics.Recorder;
import java.util.concurrent.Semaphore;

/** What all loops share. */
record Surroundings(
    PollSettings settings,
    Recorder recorder,
    PollListener listener,
    PollClock clock,
    Semaphore permits,
    LagMeter lag,
    Duplicates duplicates) {}
