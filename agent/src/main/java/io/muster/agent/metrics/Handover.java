package io.muster.agent.metrics;

import io.muster.agent.provider.Progress;
import io.muster.protocol.ServerId;

/** A snapshot's progress on its way behind the snapshot's rows: true once they are safe. */
record Handover(ServerId server, Progress progress) {}
