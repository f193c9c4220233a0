package io.muster.agent.proxmox;

import java.io.IOException;

/** An answer is not what the API promises: wrong shape, too long, not JSON. */
final class MalformedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
