package io.muster.agent.inspect;

import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Inspectable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a server answered, with names replaced: fit to be sent to somebody else.
 *
 * @param provider {@code proxmox} …
 * @param server how it is configured
 * @param times fields of the answers that hold epoch seconds
 */
public record Recording(
    String provider,
    String agentVersion,
    Instant recordedAt,
    Map<String, Object> server,
    List<String> times,
    List<Exchange> exchanges) {
  public Recording {
    exchanges = List.copyOf(exchanges);
    times = List.copyOf(times);
  }

  /** Replaces the names in what was taken. */
  public static Recording of(
      String provider,
      String agentVersion,
      Inspectable inspectable,
      List<Exchange> taken,
      Pseudonyms names) {
    ApiReference reference = inspectable.reference();
    Map<String, Object> server = inspectable.setup(names);
    // Once for the names alone: a sentence may speak of something that a later answer names.
    taken.forEach(exchange -> reference.scrub(exchange, names));
    return new Recording(
        provider,
        agentVersion,
        taken.isEmpty() ? Instant.now() : taken.getFirst().at(),
        server,
        reference.timeFields().stream().sorted().toList(),
        taken.stream().map(exchange -> reference.scrub(exchange, names)).toList());
  }

  /** Those that got an answer, be it a refusal. */
  public long answered() {
    return exchanges.stream().filter(exchange -> exchange.status() != 0).count();
  }

  /** Answers whose body is not in it: too much in all. */
  public long withoutBody() {
    return exchanges.stream().filter(e -> e.body() == null && e.bodyBytes() > 0).count();
  }
}
