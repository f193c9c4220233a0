package io.muster.agent.metrics;

/** State of a server's circuit breaker, as in {@code connection_metrics.breaker}. */
public enum BreakerState {
  CLOSED("closed"),
  HALF_OPEN("half-open"),
  OPEN("open");

  private final String label;

  BreakerState(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
