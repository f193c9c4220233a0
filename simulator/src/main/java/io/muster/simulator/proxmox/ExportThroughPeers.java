package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.faults.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /cluster/metrics/export} of several nodes: the one that is asked asks the others one after
 * another, and leaves out those that fail with a line in its log alone.
 */
final class ExportThroughPeers implements Handler {
  static final String METHOD = "GET /cluster/metrics/export";

  private static final Logger LOG = LoggerFactory.getLogger(ExportThroughPeers.class);

  private final Handler export;
  private final List<String> members;
  private final Faults faults;
  private final Duration patience;

  /**
   * The same export, through peers.
   *
   * @param patience how long the one that is asked waits for each of the others
   */
  ExportThroughPeers(Handler export, List<String> members, Faults faults, Duration patience) {
    this.export = export;
    this.members = List.copyOf(members);
    this.faults = faults;
    this.patience = patience;
  }

  @Override
  public @Nullable Object handle(Call call) throws ApiException {
    if (call.flag("local-only", false)) {
      return export.handle(call);
    }
    String list = call.text("node-list");
    List<String> answering = new ArrayList<>();
    for (String node : list == null ? members : List.of(list.split("[,; ]+", -1))) {
      if (node.equals(call.entryNode()) || answers(node)) {
        answering.add(node);
      }
    }
    return answering.isEmpty()
        ? Map.of("data", List.of())
        : export.handle(new OfNodes(call, String.join(",", answering)));
  }

  private boolean answers(String node) {
    try {
      faults.forward(node, "/cluster/metrics/export", patience);
      return true;
    } catch (ApiException e) {
      LOG.debug("{} did not give its metrics", node, e);
      return false;
    }
  }

  /** The call as if it had named the nodes. */
  private record OfNodes(Call call, String nodes) implements Call {
    private static final String LIST = "node-list";

    @Override
    public Caller caller() {
      return call.caller();
    }

    @Override
    public String entryNode() {
      return call.entryNode();
    }

    @Override
    public boolean has(String parameter) {
      return parameter.equals(LIST) || call.has(parameter);
    }

    @Override
    public @Nullable String text(String parameter) {
      return parameter.equals(LIST) ? nodes : call.text(parameter);
    }

    @Override
    public String required(String parameter) {
      return parameter.equals(LIST) ? nodes : call.required(parameter);
    }

    @Override
    public int number(String parameter, int otherwise) {
      return call.number(parameter, otherwise);
    }

    @Override
    public long longNumber(String parameter, long otherwise) {
      return call.longNumber(parameter, otherwise);
    }

    @Override
    public boolean flag(String parameter, boolean otherwise) {
      return call.flag(parameter, otherwise);
    }

    @Override
    public List<String> all(String parameter) {
      return parameter.equals(LIST) ? List.of(nodes) : call.all(parameter);
    }
  }
}
