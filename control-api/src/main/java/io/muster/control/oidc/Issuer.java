package io.muster.control.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.muster.control.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks an issuer's tokens; its address book and keys are read when the first one is shown. */
final class Issuer {
  /** Whoever shows a token waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A few keys are some kilobytes. */
  private static final int MAX_BYTES = 256 << 10;

  /** An issuer that is away is not asked for each request; one that is back is soon known. */
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(5);

  /** Keys change seldom: an issuer that is away for a while locks nobody out. */
  private static final Duration KEYS_KEPT = Duration.ofHours(4);

  /** With keys of which only the public half is known here. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

  private final OidcSettings settings;
  private final ResourceRetriever http;

  private @Nullable JWTProcessor<SecurityContext> processor;
  private Instant notAskedBefore = Instant.EPOCH;
  private volatile boolean keysKnown;

  Issuer(OidcSettings settings) {
    this.settings = settings;
    int patience = (int) PATIENCE.toMillis();
    // Null is Java's own trust.
    http =
        new DefaultResourceRetriever(
            patience,
            patience,
            MAX_BYTES,
            true,
            settings.authorities().isEmpty() ? null : PrivateTrust.of(settings.authorities()));
  }

  /** It can't be told whether a token is good. */
  static final class AwayException extends Exception {
    private static final long serialVersionUID = 1L;

    AwayException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What a token says; empty when it is not this issuer's, not for us, or not valid any more. */
  Optional<JWTClaimsSet> check(String token) throws AwayException {
    try {
      JWTClaimsSet claims = processor().process(token, null);
      keysKnown = true;
      return isForOurClient(claims) ? Optional.of(claims) : Optional.empty();
    } catch (RateLimitReachedException e) {
      if (keysKnown) {
        // Signed with a key that was not there when the keys were read, moments ago.
        return Optional.empty();
      }
      throw away(e);
    } catch (JOSEException e) {
      throw away(e);
    } catch (ParseException | BadJOSEException e) {
      return Optional.empty();
    }
  }

  /** Who may get tokens for us is the issuer's to say, which of its clients ask is ours. */
  private boolean isForOurClient(JWTClaimsSet claims) {
    String client = settings.clientId();
    Object given = claims.getClaim("azp");
    if (given == null) {
      given = claims.getClaim("client_id");
    }
    return client == null || given == null || client.equals(given);
  }

  private AwayException away(Exception cause) {
    LOG.warn("Cannot read the keys of {}: {}", settings.issuer(), cause.getMessage());
    return new AwayException("The keys of " + settings.issuer() + " can't be read", cause);
  }

  private synchronized JWTProcessor<SecurityContext> processor() throws AwayException {
    JWTProcessor<SecurityContext> known = processor;
    if (known != null) {
      return known;
    }
    Instant now = Instant.now();
    if (now.isBefore(notAskedBefore)) {
      throw new AwayException("The issuer " + settings.issuer() + " did not answer", null);
    }
    try {
      known = processor(keys(discovered()));
      processor = known;
      return known;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      notAskedBefore = now.plus(ASKED_AGAIN_AFTER);
      throw away(e);
    }
  }

  private URI discovered() throws IOException, ParseException {
    String issuer = settings.issuer().toString();
    URI address = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
    Map<String, Object> found =
        JSONObjectUtils.parse(http.retrieveResource(address.toURL()).getContent());
    if (!issuer.equals(found.get("issuer"))) {
      throw new IOException(address + " is of the issuer '" + found.get("issuer") + "'");
    }
    URI keys = URI.create(String.valueOf(found.get("jwks_uri")));
    if (!OidcSettings.isSafe(keys)) {
      throw new IOException(address + " has its keys at '" + keys + "', which is not safe");
    }
    return keys;
  }

  private JWKSource<SecurityContext> keys(URI address) throws IOException {
    return JWKSourceBuilder.create(address.toURL(), http)
        .refreshAheadCache(false)
        .outageTolerant(KEYS_KEPT.toMillis())
        .build();
  }

  private JWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
    made.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    made.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
            Set.of("sub", "exp")));
    return made;
  }
}
