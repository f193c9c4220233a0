package io.muster.protocol;

/**
 * Why a server could not be read; stored in {@code connection_metrics.failure}. Each member tells
 * the operator where to look.
 */
public enum Failure {
  /** The network or the address: refused, no route, no such name, connection cut. */
  UNREACHABLE,
  /** The certificate: not trusted, expired, or another one than the pinned. */
  TLS,
  /** The credential: wrong, expired, disabled. */
  UNAUTHORIZED,
  /** A privilege that the credential lacks. */
  FORBIDDEN,
  /** The server or a proxy before it has too much to do. */
  OVERLOADED,
  /** It answered, and the answer is not what its API promises. */
  UNEXPECTED_ANSWER,
  /** It did not answer within the time that it was given. */
  DEADLINE_EXCEEDED,
  /** Our own mistake: the request was wrong, or the agent failed inside. */
  BUG
}
