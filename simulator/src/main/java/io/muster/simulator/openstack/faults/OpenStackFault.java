package io.muster.simulator.openstack.faults;

import io.muster.simulator.openstack.api.Service;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong. */
public sealed interface OpenStackFault {
  /** Befalls requests. */
  sealed interface OfRequests extends OpenStackFault {}

  /** Holds for as long as it is in. */
  sealed interface Lasting extends OpenStackFault {}

  /** The service takes requests and does not answer until the fault ends. */
  record Hung() implements OfRequests {}

  /** The service answers later than it would. */
  record Slow(Duration by) implements OfRequests {}

  /**
   * The service answers with this instead.
   *
   * @param retryAfterSeconds said in a header, or null
   */
  record Status(int status, @Nullable Long retryAfterSeconds) implements OfRequests {}

  /** The connection closes instead of an answer. */
  record Dropped() implements OfRequests {}

  /**
   * The tokens that were given out so far are over; new ones can be had.
   *
   * @param user whose, or null for all
   */
  record TokenExpired(@Nullable String user) implements OpenStackFault {}

  /** Nobody gets a token, as with a changed password. */
  record LoginRefused() implements Lasting {}

  /** A service is not in the catalog; it answers all the same. */
  record Missing(Service service) implements Lasting {}

  /** A service does not answer, and the others feel it. */
  record Down(Service service) implements Lasting {}

  /** The nova-compute of a host answers no more and reports no more. */
  record HungCompute(String host) implements Lasting {}

  /** What is built from now on never gets ready. */
  record StuckBuild() implements Lasting {}

  /** Nothing listens at the cloud's address. */
  record Refused() implements Lasting {}
}
