package io.muster.simulator.kubernetes.faults;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.muster.simulator.faults.Active;
import io.muster.simulator.faults.Board;
import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.FaultVerbs;
import io.muster.simulator.faults.Order;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faults of one cluster. */
public final class KubernetesFaults {
  /** There is one API server. */
  private static final String TARGET = "api";

  private final Board<KubernetesFault> board;
  private final Cutter cutter;

  /** Cuts watches that are open. */
  public interface Cutter {
    /**
     * Cuts them.
     *
     * @param path of which, or null for all
     */
    void cut(@Nullable Pattern path, boolean silently);
  }

  /**
   * Nothing is wrong yet.
   *
   * @param timer ends what ends by itself
   */
  public KubernetesFaults(
      Effects<KubernetesFault> effects, Cutter cutter, ScheduledExecutorService timer) {
    this.board = new Board<>(effects, timer);
    this.cutter = cutter;
  }

  /** Reads {@code kind,key=value,key=value}. */
  public static Order<KubernetesFault> parse(String text) {
    return read(Order.arguments(text));
  }

  private static Order<KubernetesFault> read(Arguments arguments) {
    return Order.of(arguments, KubernetesFaultKind.values(), Set.of(TARGET), "^/api/v1/pods");
  }

  /** Puts a fault in, such as {@code slow,ms=2000,path=^/api/v1/pods}; answers its number. */
  public long add(String text) {
    return add(parse(text));
  }

  /** Puts a fault in; answers its number. */
  public long add(Order<KubernetesFault> order) {
    long id = board.add(order);
    if (order.fault() instanceof KubernetesFault.WatchCut(boolean silently, boolean _)) {
      cutter.cut(order.path(), silently);
    }
    return id;
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
    return FaultVerbs.of(board, KubernetesFaultKind.values(), KubernetesFaults::read, this::add);
  }

  /** What befalls a request, or null; of a watch, {@code path} ends with {@code ?watch}. */
  public @Nullable Active<KubernetesFault> of(String path) {
    return board.of(
        TARGET,
        path,
        fault -> !(fault instanceof KubernetesFault.WatchCut) || path.endsWith("?watch"));
  }
}
