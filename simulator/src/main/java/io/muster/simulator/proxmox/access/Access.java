package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.api.Handler;
import java.time.InstantSource;
import java.util.Map;

/** The access layer in one piece: who may log in, who calls, and the methods that tell it. */
public final class Access {
  private final AccessControl control;
  private final Authenticator authenticator;
  private final Map<String, Handler> handlers;

  /**
   * @param detailedTexts whether a 401 says what was wrong, as servers before January 2026 do
   */
  public Access(
      AccessControl control, InstantSource clock, String clusterName, boolean detailedTexts) {
    Tickets tickets = new Tickets(clock);
    this.control = control;
    this.authenticator = new Authenticator(control, tickets, detailedTexts);
    this.handlers = new AccessHandlers(control, tickets, clusterName).handlers();
  }

  public AccessControl control() {
    return control;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  /** Handlers by method and path template. */
  public Map<String, Handler> handlers() {
    return handlers;
  }
}
