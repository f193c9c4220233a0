package io.muster.simulator.http;

import java.io.IOException;

/** Answers requests; may block. */
@FunctionalInterface
public interface Handler {
  void handle(Request request, Exchange exchange) throws IOException, InterruptedException;
}
