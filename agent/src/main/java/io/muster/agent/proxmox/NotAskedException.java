package io.muster.agent.proxmox;

import io.muster.protocol.Failure;

/** There was no time left to ask: says nothing of the server. */
final class NotAskedException extends CallException {
  private static final long serialVersionUID = 1L;

  NotAskedException(String path) {
    super(
        Failure.DEADLINE_EXCEEDED,
        Reach.CALL,
        0,
        "GET " + path + ": not asked, other calls took all the time",
        null);
  }
}
