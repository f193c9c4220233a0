package io.muster.control.caller;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;

/** Without a valid token: 401. With one that does not reach this far: 403. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class RefusalHandler implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {
  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public HttpResponse<?> handle(HttpRequest request, AuthorizationException refusal) {
    if (!refusal.isForbidden()) {
      return ProblemException.of(
              HttpStatus.UNAUTHORIZED,
              "unauthenticated",
              "No valid token was shown: sign in, or send another API token.")
          .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
          .answer();
    }
    return refusal.getAuthentication() instanceof Caller caller && caller.passwordIsOneTime()
        ? ProblemException.of(
                HttpStatus.FORBIDDEN,
                "password-change-required",
                "The one-time password has to be changed first: PUT /api/v1/me/password.")
            .answer()
        : ProblemException.forbidden("Your role does not allow this.").answer();
  }
}
