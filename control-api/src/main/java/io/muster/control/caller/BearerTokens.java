package io.muster.control.caller;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Asks the kinds of tokens that may know it, off the event loop: the answer is in the database. */
@Singleton
final class BearerTokens implements TokenValidator<HttpRequest<?>> {
  /** Longer is no token of ours. */
  private static final int MAX_LENGTH = 4096;

  private final List<TokenKind> kinds;
  private final ClientAddress addresses;
  private final Scheduler scheduler;

  BearerTokens(
      List<TokenKind> kinds,
      ClientAddress addresses,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.kinds = List.copyOf(kinds);
    this.addresses = addresses;
    scheduler = Schedulers.fromExecutorService(executor);
  }

  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    if (request == null || token.length() > MAX_LENGTH) {
      return Mono.empty();
    }
    String address = addresses.of(request);
    return Mono.<Authentication>fromCallable(() -> identity(token, address)).subscribeOn(scheduler);
  }

  private @Nullable Identity identity(String token, String address) {
    for (TokenKind kind : kinds) {
      Optional<? extends Identity> known =
          kind.knows(token) ? kind.check(token, address) : Optional.empty();
      if (known.isPresent()) {
        return known.get();
      }
    }
    return null;
  }
}
