package io.muster.control.caller;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Asks the kinds of tokens that may know it whose it is. */
@Singleton
public final class Identities {
  /** Issuers write 8 kB where people are in many groups; all headers together have 16 KiB. */
  private static final int MAX_LENGTH = 12 << 10;

  private final List<TokenKind> kinds;

  Identities(List<TokenKind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /**
   * Whose a token is; empty when it is not valid, or not any more. Blocks.
   *
   * @param address where it was shown from
   */
  public Optional<? extends Identity> of(String token, String address) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (TokenKind kind : kinds) {
      Optional<? extends Identity> known =
          kind.knows(token) ? kind.check(token, address) : Optional.empty();
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }
}
