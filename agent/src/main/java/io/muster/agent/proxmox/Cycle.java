package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One poll under way: how to ask, and what was found so far. Lists belong to the poll's thread. */
final class Cycle {
  private final ApiClient client;
  private final Tick tick;
  private final Instant now;
  private final CallCounter calls = new CallCounter();
  final List<Sample> samples = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();

  /**
   * @param now the agent's clock
   */
  Cycle(ApiClient client, Tick tick, Instant now) {
    this.client = client;
    this.tick = tick;
    this.now = now;
  }

  Instant at() {
    return tick.at();
  }

  Instant now() {
    return now;
  }

  Deadline deadline() {
    return tick.deadline();
  }

  int apiCalls() {
    return calls.total();
  }

  <T> T ask(Endpoint at, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    return client.get(at, path, reader, tick.deadline(), calls);
  }

  <T> T ask(Endpoint at, String path, ApiClient.ReplyReader<T> reader, Deadline deadline)
      throws CallException {
    return client.get(at, path, reader, deadline, calls);
  }
}
