package io.muster.agent.proxmox;

/** How a node's own calls reach it. */
sealed interface Route {
  /** At an address of its own. */
  record Direct(Endpoint at) implements Route {}

  /**
   * Through the member that answered last.
   *
   * @param why not directly, for people
   */
  record ThroughMember(String why) implements Route {}
}
