package io.muster.simulator.kubernetes.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Makes tokens in the shape of service accounts' ones: their end can be read, nothing else. */
final class Tokens {
  /** As {@code kubectl create token --duration=8760h}. */
  private static final Duration LIFETIME = Duration.ofDays(365);

  private static final int SIGNATURE_BYTES = 256;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Tokens() {}

  static String create(String namespace, String name, Instant now) {
    String payload =
        """
        {"aud":["https://kubernetes.default.svc.cluster.local"],"exp":%d,"iat":%d,\
        "iss":"https://kubernetes.default.svc.cluster.local",\
        "kubernetes.io":{"namespace":"%s","serviceaccount":{"name":"%s"}},"nbf":%d,"sub":"%s"}\
        """
            .formatted(
                now.plus(LIFETIME).getEpochSecond(),
                now.getEpochSecond(),
                namespace,
                name,
                now.getEpochSecond(),
                user(namespace, name));
    byte[] signature = new byte[SIGNATURE_BYTES];
    new SecureRandom().nextBytes(signature);
    return encode("{\"alg\":\"RS256\",\"kid\":\"simulated\"}")
        + "."
        + encode(payload)
        + "."
        + BASE64.encodeToString(signature);
  }

  static String user(String namespace, String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  private static String encode(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
