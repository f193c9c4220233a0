package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.ApiClient.data;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Facts of one node, asked at the node where possible. */
final class NodeCalls {
  static final Duration NODE_STATUS = Duration.ofSeconds(60);

  static final Duration PRESSURE = Duration.ofSeconds(60);

  static final String BALLOONS_KEY = "balloons ";

  /** Five QMP queries to each running VM: whether a driver reports changes rarely. */
  static final Duration BALLOONS = Duration.ofMinutes(10);

  /** Names of the marks of pressure: a node's name follows. */
  static final String PRESSURE_MARK = "pressure/";

  /** At the first look, as much as of everything else. */
  private static final Duration FIRST_PRESSURE = Duration.ofMinutes(30);

  private final SlowFacts facts;
  private final Watermarks marks;

  NodeCalls(SlowFacts facts, Watermarks marks) {
    this.facts = facts;
    this.marks = marks;
  }

  SlowCall status(String node, Endpoint at) {
    return new SlowCall(
        "status " + node,
        NODE_STATUS,
        "load, kernel and version of node " + node,
        cycle -> {
          NodeStatusFacts read =
              cycle.askSlowly(
                  at, "/nodes/" + SlowCalls.encode(node) + "/status", data(NodeStatusFacts::read));
          return () -> {
            facts.nodeStatus.put(node, read);
            facts.nodeStatusReadAt.put(node, cycle.at());
          };
        });
  }

  SlowCall balloons(String node, Endpoint at) {
    return new SlowCall(
        BALLOONS_KEY + node,
        BALLOONS,
        "memory source of the VMs of node " + node,
        cycle -> {
          Set<String> read =
              cycle.askSlowly(
                  at,
                  "/nodes/" + SlowCalls.encode(node) + "/qemu?full=1",
                  data(NodeReader::ballooned));
          return () -> facts.ballooned.put(node, read);
        });
  }

  SlowCall pressure(String node, Endpoint at) {
    return new SlowCall(
        "pressure " + node,
        PRESSURE,
        "pressure and ZFS cache of node " + node,
        cycle -> {
          List<RrdRow> read =
              cycle.askSlowly(
                  at,
                  "/nodes/" + SlowCalls.encode(node) + "/rrddata?timeframe=hour&cf=AVERAGE",
                  data(RrdRow::read));
          return () -> takePressure(cycle, node, read);
        });
  }

  /** Each row once; not the one of the minute that is still being measured. */
  private void takePressure(Cycle cycle, String node, List<RrdRow> rows) {
    long last = cycle.now().getEpochSecond();
    Long mark = marks.of(PRESSURE_MARK + node);
    long taken = mark == null ? last - FIRST_PRESSURE.toSeconds() : mark;
    for (RrdRow row : rows) {
      if (row.endSecond() > taken && row.endSecond() + row.stepSeconds() <= last) {
        cycle.samples.add(SampleMaker.pressure(node, row));
        marks.advance(PRESSURE_MARK + node, row.endSecond());
      }
    }
  }
}
