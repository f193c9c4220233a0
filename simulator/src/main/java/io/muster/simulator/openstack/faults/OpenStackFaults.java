package io.muster.simulator.openstack.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.muster.simulator.faults.Active;
import io.muster.simulator.faults.Board;
import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.FaultVerbs;
import io.muster.simulator.faults.Order;
import io.muster.simulator.openstack.api.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The faults of one cloud. */
public final class OpenStackFaults {
  private static final Set<String> ALL =
      Arrays.stream(Service.values()).map(Service::word).collect(Collectors.toUnmodifiableSet());

  private final Board<OpenStackFault> board;

  /**
   * Nothing is wrong yet.
   *
   * @param timer ends what ends by itself
   */
  public OpenStackFaults(Effects<OpenStackFault> effects, ScheduledExecutorService timer) {
    this.board = new Board<>(effects, timer);
  }

  /** Reads {@code kind,key=value,key=value}. */
  public static Order<OpenStackFault> parse(String text) {
    return read(Order.arguments(text));
  }

  private static Order<OpenStackFault> read(Arguments arguments) {
    String service = arguments.text("service");
    Set<String> targets =
        service == null ? ALL : Set.of(OpenStackFaultKind.service(service).word());
    return Order.of(
        arguments, OpenStackFaultKind.values(), targets, "^/compute/v2.1/servers/detail");
  }

  /** Puts a fault in, such as {@code slow,ms=2000,service=compute}; answers its number. */
  public long add(String text) {
    return add(parse(text));
  }

  /** Puts a fault in; answers its number. */
  public long add(Order<OpenStackFault> order) {
    return board.add(order);
  }

  public void remove(long id) {
    board.remove(id);
  }

  public void removeAll() {
    board.removeAll();
  }

  /** Each as it was asked for, with what is left of it. */
  public List<Map<String, Object>> list() {
    return board.list();
  }

  /** What the control endpoint can do with them. */
  public List<Verb> verbs() {
    return FaultVerbs.of(board, OpenStackFaultKind.values(), OpenStackFaults::read, this::add);
  }

  /** What befalls a request, or null. */
  @Nullable Active<OpenStackFault> of(Service service, String path) {
    return board.of(service.word(), path, _ -> true);
  }
}
