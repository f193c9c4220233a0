package io.muster.simulator.proxmox.access;

/** 401; the message is the reason phrase. */
public final class UnauthorizedException extends Exception {
  private static final long serialVersionUID = 1L;

  UnauthorizedException(String reason) {
    super(reason, null, false, false);
  }
}
