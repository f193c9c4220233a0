package io.muster.control.oidc;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.muster.control.caller.TokenKind;
import io.muster.control.server.ServerDirectory;
import io.muster.control.settings.ControlSettings;
import io.muster.control.settings.OidcSettings;
import io.muster.control.site.Tenants;
import jakarta.inject.Singleton;

/** Takes an issuer's tokens where the settings name one. */
@Factory
final class OpenIdFactory {
  @Singleton
  TokenKind openId(ControlSettings control, Tenants tenants, ServerDirectory servers) {
    OidcSettings settings = control.oidc();
    if (settings == null) {
      throw new DisabledBeanException("no issuer is set");
    }
    return new OpenIdTokenKind(
        settings, new Issuer(settings), new OpenIdCallers(settings, tenants, servers));
  }
}
