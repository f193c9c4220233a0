package io.muster.agent.provider;

import io.muster.protocol.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call to a platform as it went over the wire; without the credential.
 *
 * @param at when it was sent, by the agent's clock
 * @param endpoint {@code https://host:port}
 * @param path as sent, with its query
 * @param status 0 = nothing answered
 * @param headers of the answer
 * @param body text of the answer, perhaps only its beginning ({@link #isCut}); null = none was read
 * @param bodyBytes size of the answer's body as far as it was read
 * @param failure null = the answer was good
 * @param message what failed; nothing secret
 */
public record Exchange(
    Instant at,
    URI endpoint,
    String method,
    String path,
    Duration elapsed,
    int status,
    @Nullable String reason,
    List<Header> headers,
    @Nullable String body,
    long bodyBytes,
    boolean isCut,
    @Nullable Failure failure,
    @Nullable String message) {
  public Exchange {
    Objects.requireNonNull(at, "at");
    headers = List.copyOf(headers);
  }

  /** One line of a header section; names may come twice. */
  public record Header(String name, String value) {}

  /** The same without its body. */
  public Exchange withoutBody() {
    return withBody(null, isCut);
  }

  /** The same with a body that is all there is. */
  public Exchange withWhole(String other) {
    return withBody(other, false);
  }

  private Exchange withBody(@Nullable String other, boolean cut) {
    return new Exchange(
        at, endpoint, method, path, elapsed, status, reason, headers, other, bodyBytes, cut,
        failure, message);
  }
}
