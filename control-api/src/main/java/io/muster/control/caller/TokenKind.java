package io.muster.control.caller;

import io.muster.control.problem.ProblemException;
import java.util.Optional;

/** One kind of bearer token. */
public interface TokenKind {
  /** Whether {@code token} has this kind's form; asks nobody. */
  boolean knows(String token);

  /**
   * Whose it is; empty when it is not valid, or not any more. Blocks.
   *
   * @throws ProblemException when it is valid and still lets nobody in, or can't be checked now
   */
  Optional<? extends Identity> check(String token, String address);
}
