package io.muster.cli.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The login of the last {@code muster login} at an address; it renews itself. */
final class KeptLogin implements Bearer {
  private final LoginFile file;
  private final ControlAddress address;
  private final ControlApi signedOut;
  private final Clock clock;
  private @Nullable Login login;

  KeptLogin(LoginFile file, ControlAddress address, ControlApi signedOut, Clock clock) {
    this.file = file;
    this.address = address;
    this.signedOut = signedOut;
    this.clock = clock;
  }

  @Override
  public String token() {
    var known = login;
    if (known == null || !known.isFresh(clock.instant())) {
      known = current();
      login = known;
    }
    return known.accessToken().reveal();
  }

  private Login current() {
    var kept = kept();
    return kept.isFresh(clock.instant()) ? kept : file.locked(this::renewed);
  }

  /** Another program may have renewed it while this one waited for the lock. */
  private Login renewed() {
    var kept = kept();
    if (kept.isFresh(clock.instant())) {
      return kept;
    }
    var body = JsonNodeFactory.instance.objectNode();
    body.put("refreshToken", kept.refreshToken().reveal());
    try {
      var answer = signedOut.send(Call.post("/login/refresh", body)).json();
      var renewed = Login.of(kept.user(), answer, clock.instant());
      file.keep(address, renewed);
      return renewed;
    } catch (ControlException refused) {
      if (refused.status() == 401 || refused.status() == 403) {
        throw new ControlException(adviceWhenRefused(), refused);
      }
      throw refused;
    }
  }

  private Login kept() {
    return file.find(address)
        .orElseThrow(() ->
            new ControlException(
                "You are not logged in at %s. Log in: muster login %s (scripts: set MUSTER_TOKEN)"
                    .formatted(address, address),
                null));
  }

  @Override
  public String adviceWhenRefused() {
    return "Your login at %s is over. Log in again: muster login %s".formatted(address, address);
  }
}
