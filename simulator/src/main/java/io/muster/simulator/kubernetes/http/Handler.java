package io.muster.simulator.kubernetes.http;

import java.io.IOException;

/** Answers requests; may block. */
@FunctionalInterface
public interface Handler {
  void handle(Request request, Exchange exchange) throws IOException, InterruptedException;
}
