package io.muster.agent.proxmox;

import java.time.Duration;

/**
 * One call of the rota.
 *
 * @param key names it among all
 * @param period how often it is worth asking, when there is room
 * @param subject what its failure costs, for {@code Gap}
 * @param fetch runs in a thread of its own
 */
record SlowCall(String key, Duration period, String subject, Fetch fetch) {
  /** Asks and reads; touches nothing of the poll. */
  @FunctionalInterface
  interface Fetch {
    /** What the poll's thread does with the answer. */
    Runnable run(Cycle cycle) throws CallException;
  }
}
