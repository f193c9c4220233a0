package io.muster.control.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.muster.control.crypto.MasterKey;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/** Signed access tokens (JWT, HS256) of people; what they may do is asked anew each time. */
@Singleton
final class AccessTokens {
  /** A stolen one is of no use for long. */
  static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final String ISSUER = "muster";
  private static final String SESSION = "sid";

  private final MACSigner signer;
  private final MACVerifier verifier;

  /** Whose a token is, and which login's. */
  record Claims(UUID user, UUID session) {}

  AccessTokens(MasterKey master) throws JOSEException {
    SecretKey key = master.derive("muster: access tokens", "HmacSHA256");
    signer = new MACSigner(key);
    verifier = new MACVerifier(key);
  }

  String issue(UUID user, UUID session, Instant now) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.toString())
                .claim(SESSION, session.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("Cannot sign an access token", e);
    }
    return token.serialize();
  }

  /** Empty when it is not ours, was changed or has expired. */
  Optional<Claims> read(String text, Instant now) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(verifier)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = token.getJWTClaimsSet();
      Date expires = claims.getExpirationTime();
      if (!ISSUER.equals(claims.getIssuer())
          || expires == null
          || !now.isBefore(expires.toInstant())) {
        return Optional.empty();
      }
      return Optional.of(
          new Claims(
              UUID.fromString(claims.getSubject()),
              UUID.fromString(claims.getStringClaim(SESSION))));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
