package io.muster.agent.provider;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one poll saw.
 *
 * @param nodes state of every node, not only of those that changed
 * @param vms state of every VM, not only of those that changed
 * @param samples numbers that are new since the last poll, in time order for each object
 * @param events new or changed ones
 * @param nodesComplete the listing was whole and authorised: a node missing from it is gone
 * @param vmsComplete the same for VMs
 * @param gaps parts that could not be read
 * @param apiCalls provider calls that this poll made, failed ones too
 * @param clockSkewMs the worst node's clock minus ours; null when no time was seen
 * @param progress where to go on once this snapshot's rows are safe
 * @param revision of a provider that also tells of changes between polls; else {@link
 *     Revision#NONE}
 */
public record Snapshot(
    ServerFacts facts,
    List<NodeState> nodes,
    List<VmState> vms,
    List<Sample> samples,
    List<Event> events,
    boolean nodesComplete,
    boolean vmsComplete,
    List<Gap> gaps,
    int apiCalls,
    @Nullable Integer nodesOnline,
    @Nullable Integer nodesTotal,
    @Nullable Long clockSkewMs,
    Progress progress,
    Revision revision) {
  public Snapshot {
    Objects.requireNonNull(facts, "facts");
    nodes = List.copyOf(nodes);
    vms = List.copyOf(vms);
    samples = List.copyOf(samples);
    events = List.copyOf(events);
    gaps = List.copyOf(gaps);
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(revision, "revision");
  }

  /** The same with other words about its nodes. */
  public Snapshot withNodes(List<NodeState> others) {
    return new Snapshot(
        facts,
        others,
        vms,
        samples,
        events,
        nodesComplete,
        vmsComplete,
        gaps,
        apiCalls,
        nodesOnline,
        nodesTotal,
        clockSkewMs,
        progress,
        revision);
  }

  /** Of a provider that sees nothing between polls. */
  public Snapshot(
      ServerFacts facts,
      List<NodeState> nodes,
      List<VmState> vms,
      List<Sample> samples,
      List<Event> events,
      boolean nodesComplete,
      boolean vmsComplete,
      List<Gap> gaps,
      int apiCalls,
      @Nullable Integer nodesOnline,
      @Nullable Integer nodesTotal,
      @Nullable Long clockSkewMs,
      Progress progress) {
    this(
        facts,
        nodes,
        vms,
        samples,
        events,
        nodesComplete,
        vmsComplete,
        gaps,
        apiCalls,
        nodesOnline,
        nodesTotal,
        clockSkewMs,
        progress,
        Revision.NONE);
  }

  /** Of a provider that reads only what is now. */
  public Snapshot(
      ServerFacts facts,
      List<NodeState> nodes,
      List<VmState> vms,
      List<Sample> samples,
      List<Event> events,
      boolean nodesComplete,
      boolean vmsComplete,
      List<Gap> gaps,
      int apiCalls,
      @Nullable Integer nodesOnline,
      @Nullable Integer nodesTotal,
      @Nullable Long clockSkewMs) {
    this(
        facts,
        nodes,
        vms,
        samples,
        events,
        nodesComplete,
        vmsComplete,
        gaps,
        apiCalls,
        nodesOnline,
        nodesTotal,
        clockSkewMs,
        Progress.NONE);
  }
}
