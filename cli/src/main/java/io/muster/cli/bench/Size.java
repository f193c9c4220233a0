package io.muster.cli.bench;

import java.time.Duration;

/**
 * What is polled, and for how long it is watched.
 *
 * @param nodes of all clusters together
 * @param guests of all clusters together
 * @param warmUp until slow facts are known and the JVM is warm
 */
record Size(int clusters, int nodes, int guests, Duration warmUp, Duration watched) {
  @Override
  public String toString() {
    return "%d cluster%s, %d nodes, %,d guests"
        .formatted(clusters, clusters == 1 ? "" : "s", nodes, guests);
  }
}
