package io.muster.simulator.openstack.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.faults.Kind;
import io.muster.simulator.openstack.api.Service;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/** The faults by the names that a user gives them, with the keys that each takes. */
public enum OpenStackFaultKind implements Kind<OpenStackFault> {
  HUNG("the service takes requests and does not answer", "service seconds times path"),
  SLOW("the service answers ms= milliseconds later", "service seconds times path ms"),
  STATUS(
      "the service answers status= (400 to 599), with retry-after= seconds in a header",
      "service seconds times path status retry-after"),
  DROPPED("the connection closes without an answer", "service seconds times path"),
  TOKEN_EXPIRED(
      "happens once: tokens given out so far, of user= (else of all), are over; new ones can be"
          + " had",
      "user"),
  LOGIN_REFUSED("nobody gets a token", "seconds"),
  MISSING("service= is not in the catalog", "seconds service"),
  DOWN("service= does not answer, and the others feel it", "seconds service"),
  HUNG_COMPUTE(
      "the nova-compute of host= answers and reports no more; its guests run on", "seconds host"),
  STUCK_BUILD("machines that are built never get ready", "seconds"),
  REFUSED("nothing listens at the cloud's address; open connections are cut", "seconds");

  /** Ten minutes: more than any client waits. */
  private static final long LONGEST_DELAY_MS = 600_000;

  private static final long LONGEST_RETRY_SECONDS = 3600;

  private final String does;
  private final String keys;

  OpenStackFaultKind(String does, String keys) {
    this.does = does;
    this.keys = keys;
  }

  @Override
  public String does() {
    return does;
  }

  @Override
  public Set<String> keys() {
    return Set.of(keys.split(" ", -1));
  }

  @Override
  public OpenStackFault make(Arguments arguments) {
    return switch (this) {
      case HUNG -> new OpenStackFault.Hung();
      case SLOW ->
          new OpenStackFault.Slow(Duration.ofMillis(arguments.number("ms", 1, LONGEST_DELAY_MS)));
      case STATUS ->
          new OpenStackFault.Status(
              (int) arguments.number("status", 400, 599),
              arguments.optionalNumber("retry-after", 0, LONGEST_RETRY_SECONDS));
      case DROPPED -> new OpenStackFault.Dropped();
      case TOKEN_EXPIRED -> new OpenStackFault.TokenExpired(arguments.text("user"));
      case LOGIN_REFUSED -> new OpenStackFault.LoginRefused();
      case MISSING -> new OpenStackFault.Missing(service(arguments.required("service")));
      case DOWN -> new OpenStackFault.Down(service(arguments.required("service")));
      case HUNG_COMPUTE -> new OpenStackFault.HungCompute(arguments.required("host"));
      case STUCK_BUILD -> new OpenStackFault.StuckBuild();
      case REFUSED -> new OpenStackFault.Refused();
    };
  }

  /** The service of that name. */
  static Service service(String word) {
    for (Service service : Service.values()) {
      if (service.word().equals(word)) {
        return service;
      }
    }
    throw new IllegalArgumentException(
        "No service is called '%s': choose from %s"
            .formatted(
                word,
                String.join(", ", Arrays.stream(Service.values()).map(Service::word).toList())));
  }
}
