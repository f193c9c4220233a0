package io.muster.simulator.openstack.model;

/** What was asked cannot be done; each service says so in its own form. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param message as the service words it
   */
  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  /** A mistake inside Nova, as it owns up to it. */
  public static Refusal unexpected(String exceptionClass) {
    return new Refusal(
        500,
        "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the"
            + " Nova API log if possible.\n<class '"
            + exceptionClass
            + "'>");
  }
}
