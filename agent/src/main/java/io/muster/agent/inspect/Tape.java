package io.muster.agent.inspect;

import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps every call of a recording in memory, with its whole body while there is room. */
public final class Tape implements CallListener {
  /** The cluster list of 9,000 guests; a larger body would not fit twice into a small agent. */
  private static final int MAX_BODY_BYTES = 4 << 20;

  /** A large cluster's polls must still fit into the heap that the launcher gives. */
  private static final long MAX_BYTES = 48L << 20;

  private final List<Exchange> exchanges = new ArrayList<>();
  private long bytes;

  @Override
  public int bodyLimit() {
    return MAX_BODY_BYTES;
  }

  @Override
  public synchronized void called(Exchange exchange) {
    String body = exchange.body();
    boolean keep = body != null && !exchange.isCut() && bytes + body.length() <= MAX_BYTES;
    if (keep) {
      bytes += exchange.bodyBytes();
    }
    exchanges.add(keep ? exchange : exchange.withoutBody());
  }

  /** In the order in which they were sent. */
  public synchronized List<Exchange> exchanges() {
    List<Exchange> sorted = new ArrayList<>(exchanges);
    sorted.sort(Comparator.comparing(Exchange::at));
    return sorted;
  }
}
