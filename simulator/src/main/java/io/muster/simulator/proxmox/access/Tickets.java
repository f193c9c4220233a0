package io.muster.simulator.proxmox.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes and checks login tickets and the tokens against forged requests. */
final class Tickets {
  /** A ticket lives two hours, as the real one. */
  static final long LIFETIME_SECONDS = 2 * 60 * 60;

  /** Clocks of members may differ by this much. */
  private static final long GRACE_SECONDS = 300;

  private static final Pattern TICKET =
      Pattern.compile("(PVE:([^:\\s]+@[^:\\s]+):([0-9A-F]{8}))::([A-Za-z0-9+/=]+)");
  private static final Pattern CSRF = Pattern.compile("([0-9A-F]{8}):([A-Za-z0-9+/=]+)");

  private final SecretKeySpec key;
  private final InstantSource clock;

  Tickets(InstantSource clock) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA512");
    this.clock = clock;
  }

  String ticket(String user) {
    String plain = "PVE:" + user + ":" + hexTime();
    return plain + "::" + sign(plain);
  }

  String csrfToken(String user) {
    String time = hexTime();
    return time + ":" + sign(time + ":" + user);
  }

  /** The user of a ticket that is ours and still good, else null. */
  @Nullable String userOf(String ticket) {
    Matcher matcher = TICKET.matcher(ticket);
    if (!matcher.matches() || !isFresh(matcher.group(3))) {
      return null;
    }
    return isSigned(matcher.group(1), matcher.group(4)) ? matcher.group(2) : null;
  }

  boolean isGoodCsrfToken(String token, String user) {
    Matcher matcher = CSRF.matcher(token);
    return matcher.matches()
        && isFresh(matcher.group(1))
        && isSigned(matcher.group(1) + ":" + user, matcher.group(2));
  }

  private boolean isFresh(String hexTime) {
    long age = clock.instant().getEpochSecond() - Long.parseLong(hexTime, 16);
    return age > -GRACE_SECONDS && age < LIFETIME_SECONDS;
  }

  private String hexTime() {
    return String.format(Locale.ROOT, "%08X", clock.instant().getEpochSecond());
  }

  private boolean isSigned(String plain, String signature) {
    return MessageDigest.isEqual(
        sign(plain).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  private String sign(String plain) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA512 is missing in this Java", e);
    }
  }
}
