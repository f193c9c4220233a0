package io.muster.simulator.openstack.access;

/**
 * Lets a program in, for one user in one project.
 *
 * @param project id
 */
public record ApplicationCredential(
    String id, String name, String secret, Account user, String project) {
  @Override
  public String toString() {
    return "ApplicationCredential[" + name + "]";
  }
}
