package io.muster.simulator.proxmox.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.faults.Kind;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults by the names that a user gives them, with the keys that each takes. */
public enum FaultKind implements Kind<Fault> {
  HUNG(
      "the node takes requests and does not answer; its peers wait 30 s for it and answer 596",
      "node seconds times path"),
  SLOW(
      "the node answers ms= milliseconds later; from 30 s on its peers answer 596",
      "node seconds times path ms"),
  STATUS(
      "the node answers status= (400 to 599) with reason=",
      "node seconds times path status reason"),
  DROPPED(
      "the node closes the connection without an answer; its peers answer 596",
      "node seconds times path"),
  PEER(
      "what peers forward to the node ends with status= (595 to 599, else 595) and reason=",
      "node seconds times path status reason"),
  SKEW("the node's clock is offset= seconds ahead, or late when negative", "node seconds offset"),
  TOKEN_EXPIRED("token= (else the reader's) is past its end", "seconds token"),
  PRIVILEGES(
      "the reader has no other privileges than keep=Sys.Audit,VM.Audit and so on", "seconds keep"),
  MOVING("every= seconds a guest begins to migrate to another node", "seconds every"),
  CERTIFICATE(
      "the node presents a new certificate, of which the cluster knows unless stated=false;"
          + " happens once",
      "node stated"),
  COUNTER_RESET(
      "uptime and counters of the node, or of the guest vmid=, start anew; happens once",
      "node vmid");

  /** Ten minutes: more than any client waits. */
  private static final long LONGEST_DELAY_MS = 600_000;

  /** A day: with a longer pause nothing would seem to move. */
  private static final long LONGEST_PAUSE = 86_400;

  /** A year: a dead clock battery. */
  private static final long LARGEST_OFFSET = 31_536_000;

  private final String does;
  private final String keys;

  FaultKind(String does, String keys) {
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
  public Fault make(Arguments arguments) {
    return switch (this) {
      case HUNG -> new Fault.Hung();
      case SLOW -> new Fault.Slow(Duration.ofMillis(arguments.number("ms", 1, LONGEST_DELAY_MS)));
      case STATUS -> status(arguments);
      case DROPPED -> new Fault.Dropped();
      case PEER -> peer(arguments);
      case SKEW -> new Fault.Skew(arguments.number("offset", -LARGEST_OFFSET, LARGEST_OFFSET));
      case TOKEN_EXPIRED -> new Fault.TokenExpired(arguments.text("token"));
      case PRIVILEGES -> privileges(arguments);
      case MOVING ->
          new Fault.Moving(Duration.ofSeconds(arguments.number("every", 1, LONGEST_PAUSE)));
      case CERTIFICATE -> new Fault.Certificate(arguments.flag("stated", true));
      case COUNTER_RESET -> counterReset(arguments);
    };
  }

  private static Fault status(Arguments arguments) {
    int status = (int) arguments.number("status", 400, 599);
    return new Fault.Status(status, reason(arguments, status));
  }

  private static Fault peer(Arguments arguments) {
    Long given = arguments.optionalNumber("status", 595, 599);
    int status = given == null ? 595 : given.intValue();
    return new Fault.Peer(status, reason(arguments, status));
  }

  private static String reason(Arguments arguments, int status) {
    @Nullable String given = arguments.text("reason");
    if (given == null) {
      return switch (status) {
        case 595 -> "Connection refused";
        case 596 -> "Connection timed out";
        case 599 -> "Too many redirections";
        default -> HttpResponseStatus.valueOf(status).reasonPhrase();
      };
    }
    if (given.isEmpty() || given.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'reason' is one line of text");
    }
    return given;
  }

  private static Fault privileges(Arguments arguments) {
    String keep = arguments.required("keep");
    return new Fault.Privileges(keep.isEmpty() ? Set.of() : Set.of(keep.split(",", -1)));
  }

  private static Fault counterReset(Arguments arguments) {
    Long vmid = arguments.optionalNumber("vmid", 100, 999_999_999);
    if (vmid != null && arguments.text("node") != null) {
      throw new IllegalArgumentException("A counter-reset is of a 'node' or of a 'vmid', not both");
    }
    return new Fault.CounterReset(vmid == null ? null : vmid.intValue());
  }
}
