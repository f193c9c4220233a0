package io.muster.control.caller;

import io.micronaut.context.annotation.Factory;
import io.micronaut.security.authentication.AbstractPrincipalArgumentBinder;
import jakarta.inject.Singleton;

/** Lets a route take whom it is for: a {@link Caller}, a {@link SiteAgent}. */
@Factory
final class IdentityBinders {
  @Singleton
  CallerBinder callers() {
    return new CallerBinder();
  }

  @Singleton
  SiteAgentBinder agents() {
    return new SiteAgentBinder();
  }

  static final class CallerBinder extends AbstractPrincipalArgumentBinder<Caller> {
    CallerBinder() {
      super(Caller.class);
    }
  }

  static final class SiteAgentBinder extends AbstractPrincipalArgumentBinder<SiteAgent> {
    SiteAgentBinder() {
      super(SiteAgent.class);
    }
  }
}
