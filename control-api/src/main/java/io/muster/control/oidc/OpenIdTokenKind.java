package io.muster.control.oidc;

import com.nimbusds.jwt.SignedJWT;
import io.micronaut.http.HttpStatus;
import io.muster.control.caller.Caller;
import io.muster.control.caller.TokenKind;
import io.muster.control.problem.ProblemException;
import io.muster.control.settings.OidcSettings;
import java.text.ParseException;
import java.util.Optional;

/** A signed token of the issuer that the settings name. */
final class OpenIdTokenKind implements TokenKind {
  private final OidcSettings settings;
  private final Issuer issuer;
  private final OpenIdCallers callers;

  OpenIdTokenKind(OidcSettings settings, Issuer issuer, OpenIdCallers callers) {
    this.settings = settings;
    this.issuer = issuer;
    this.callers = callers;
  }

  /** By the issuer that it names, which only the signature proves. */
  @Override
  public boolean knows(String token) {
    try {
      return settings
          .issuer()
          .toString()
          .equals(SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
    } catch (ParseException e) {
      return false;
    }
  }

  @Override
  public Optional<Caller> check(String token, String address) {
    try {
      return issuer.check(token).map(claims -> callers.of(claims, address));
    } catch (Issuer.AwayException e) {
      throw ProblemException.of(
          HttpStatus.SERVICE_UNAVAILABLE,
          "issuer-unavailable",
          "Your sign-in can't be checked: its issuer does not answer. Users and API tokens of"
              + " Muster's own go on working.");
    }
  }
}
