package io.muster.control.caller;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Asks the kinds of tokens that may know it, off the event loop: the answer is in the database. */
@Singleton
final class BearerTokens implements TokenValidator<HttpRequest<?>> {
  private final Identities identities;
  private final ClientAddress addresses;
  private final Scheduler scheduler;

  BearerTokens(
      Identities identities,
      ClientAddress addresses,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.identities = identities;
    this.addresses = addresses;
    scheduler = Schedulers.fromExecutorService(executor);
  }

  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    if (request == null) {
      return Mono.empty();
    }
    String address = addresses.of(request);
    return Mono.<Authentication>fromCallable(() -> identities.of(token, address).orElse(null))
        .subscribeOn(scheduler);
  }
}
