package io.muster.control.audit;

import io.muster.control.caller.SiteAgent;

/**
 * Who made a change.
 *
 * @param role {@code viewer}, {@code operator}, {@code admin}, {@code agent}; {@code none} = not
 *     signed in
 */
public record Actor(String who, String role, String address) {
  /** The program itself, at its start or by its clock. */
  public static final Actor SYSTEM = new Actor("system", "none", "");

  public static Actor of(SiteAgent agent) {
    return new Actor(agent.getName(), "agent", agent.address());
  }
}
