package io.muster.agent.inspect;

import io.muster.agent.provider.ApiCall;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest calls of all servers, and of each kind of call the newest good answer. */
public final class CallJournal {
  /** A few polls of a middling site; a page that can still be read. */
  static final int KEPT = 200;

  /** A sample shows two rows; the rest is kept of no answer. */
  private static final int SAMPLE_BYTES = 64 << 10;

  private final Deque<Entry> newest = new ArrayDeque<>();
  private final Map<ApiCall, Exchange> samples = new HashMap<>();

  /** A call and the name of the server that it went to; without its body. */
  public record Entry(String server, Exchange exchange) {}

  /** Writes down the calls of one server. */
  public CallListener of(String server, ApiReference reference) {
    return new CallListener() {
      @Override
      public int bodyLimit() {
        return SAMPLE_BYTES;
      }

      @Override
      public void called(Exchange exchange) {
        ApiCall call = exchange.failure() == null ? reference.of(exchange) : null;
        write(new Entry(server, exchange.withoutBody()), call, exchange);
      }
    };
  }

  private synchronized void write(Entry entry, @Nullable ApiCall call, Exchange exchange) {
    newest.addFirst(entry);
    if (newest.size() > KEPT) {
      newest.removeLast();
    }
    if (call != null) {
      samples.put(call, exchange);
    }
  }

  /** The newest first. */
  public synchronized List<Entry> newest() {
    return new ArrayList<>(newest);
  }

  /** The newest good answer to a call, perhaps only its beginning; null = none yet. */
  public synchronized @Nullable Exchange sample(ApiCall call) {
    return samples.get(call);
  }
}
