package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.kubernetes.Shapes.DeploymentObject;
import io.muster.agent.kubernetes.Shapes.EventObject;
import io.muster.agent.kubernetes.Shapes.NodeObject;
import io.muster.agent.kubernetes.Shapes.PodObject;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects as the API server writes them, with names and values of our own. */
final class ReadersTest {
  private static final ObjectReaders READERS = new ObjectReaders("lab");

  @Test
  void pod_isReadWithItsOwnerLimitsAndRestarts() throws IOException {
    Pod pod =
        pod(
            """
            {"metadata": {"name": "web-6d4b75cb6d-x2x7k", "namespace": "shop",
                "uid": "5f2c4c3e-9a65-4e0b-8f4e-0d3a34d9a001", "resourceVersion": "4711",
                "labels": {"app": "web", "pod-template-hash": "6d4b75cb6d"},
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet",
                    "name": "web-6d4b75cb6d", "uid": "u", "controller": true}],
                "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:status": {}}}]},
             "spec": {"nodeName": "worker-1", "containers": [
                {"name": "web", "resources": {"limits": {"cpu": "500m", "memory": "256Mi"},
                    "requests": {"cpu": "250m", "memory": "128Mi"}}},
                {"name": "proxy", "resources": {"limits": {"cpu": "1", "memory": "64Mi"},
                    "requests": {"cpu": "50m", "memory": "32Mi"}}}]},
             "status": {"phase": "Running", "startTime": "2026-03-02T09:00:00Z",
                "conditions": [{"type": "Ready", "status": "True"}],
                "containerStatuses": [
                    {"name": "web", "ready": true, "restartCount": 2, "state": {"running": {}}},
                    {"name": "proxy", "ready": true, "restartCount": 1, "state": {"running": {}}}]}}
            """);

    VmState state = pod.state();
    assertThat(state.vmId()).isEqualTo("pod:shop:web-6d4b75cb6d-x2x7k");
    assertThat(state.cluster()).isEqualTo("lab");
    assertThat(state.group()).isEqualTo("shop");
    assertThat(state.node()).isEqualTo("worker-1");
    assertThat(state.status()).isEqualTo(VmStatus.RUNNING);
    assertThat(state.statusDetail()).isEqualTo("Running");
    assertThat(state.tags()).containsExactly("deployment=web");
    assertThat(state.restarts()).isEqualTo(3);
    assertThat(pod.cpuLimitCores()).isEqualTo(1.5);
    assertThat(pod.memoryLimitBytes()).isEqualTo(320L << 20);
    assertThat(pod.cpuRequestCores()).isEqualTo(0.3);
    assertThat(pod.startedAt()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
  }

  @Test
  void podWithAContainerWithoutLimit_hasNoLimit() throws IOException {
    Pod pod =
        pod(
            """
            {"metadata": {"name": "a", "namespace": "b"}, "spec": {"containers": [
                {"resources": {"limits": {"cpu": "1"}}}, {"resources": {}}]},
             "status": {"phase": "Running"}}
            """);

    assertThat(pod.cpuLimitCores()).isNull();
    assertThat(pod.memoryLimitBytes()).isNull();
    assertThat(pod.state().restarts()).isNull();
    assertThat(pod.startedAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"phase":"Pending"} | PENDING | Pending
          {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}]} | PENDING | Unschedulable
          {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]} | PENDING | ContainerCreating
          {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff"}}}]} | FAILED | ImagePullBackOff
          {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}],"initContainerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]} | FAILED | CrashLoopBackOff
          {"phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"}],"containerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}},"restartCount":7}]} | FAILED | CrashLoopBackOff
          {"phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"}],"containerStatuses":[{"state":{"running":{}}}]} | PENDING | ContainersNotReady
          {"phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]} | FAILED | OOMKilled
          {"phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"Completed","exitCode":0}}},{"state":{"running":{}}}]} | RUNNING | Running
          {"phase":"Failed","reason":"Evicted"} | FAILED | Evicted
          {"phase":"Failed","containerStatuses":[{"state":{"terminated":{"reason":"Error","exitCode":1}}}]} | FAILED | Error
          {"phase":"Failed"} | FAILED | Failed
          {"phase":"Succeeded"} | SUCCEEDED | Completed
          {"phase":"Unknown"} | UNKNOWN | Unknown
          {} | UNKNOWN | Unknown
          """)
  void podStatus_isOfThePhaseAndTheContainers(String status, VmStatus expected, String detail)
      throws IOException {
    VmState state =
        pod("{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"status\":" + status + "}")
            .state();

    assertThat(state.status()).isEqualTo(expected);
    assertThat(state.statusDetail()).isEqualTo(detail);
  }

  @Test
  void podThatIsDeleted_keepsItsStatusAndSaysSo() throws IOException {
    Pod pod =
        pod(
            """
            {"metadata": {"name": "a", "namespace": "b", "deletionTimestamp": "2026-03-02T09:00:00Z"},
             "status": {"phase": "Running"}}
            """);

    assertThat(pod.state().status()).isEqualTo(VmStatus.RUNNING);
    assertThat(pod.state().statusDetail()).isEqualTo("Terminating");
  }

  @Test
  void podOfAnotherOwner_isTaggedWithIt() throws IOException {
    assertThat(
            pod("""
            {"metadata": {"name": "db-0", "namespace": "shop", "ownerReferences": [
                {"kind": "StatefulSet", "name": "db", "controller": true}]}}
            """)
                .state()
                .tags())
        .containsExactly("statefulset=db");
  }

  @Test
  void node_isReadWithItsRolesAndBadConditions() throws IOException {
    Node node =
        node(
            """
            {"metadata": {"name": "cp-1", "labels": {"node-role.kubernetes.io/control-plane": "",
                "topology.kubernetes.io/zone": "a", "anything/else": "x"}},
             "spec": {},
             "status": {"capacity": {"cpu": "8", "memory": "32887164Ki"},
                "conditions": [{"type": "MemoryPressure", "status": "True"},
                    {"type": "DiskPressure", "status": "False"},
                    {"type": "Ready", "status": "True", "reason": "KubeletReady"}],
                "addresses": [{"type": "InternalIP", "address": "10.0.0.1"},
                    {"type": "Hostname", "address": "cp-1"}],
                "nodeInfo": {"kubeletVersion": "v1.36.2", "kernelVersion": "6.12.0"}}}
            """);

    NodeState state = node.state();
    assertThat(state.status()).isEqualTo(NodeStatus.READY);
    assertThat(state.statusDetail()).isEqualTo("KubeletReady");
    assertThat(state.conditions()).containsExactly("MemoryPressure");
    assertThat(state.roles()).containsExactly("control-plane");
    assertThat(state.labels()).containsExactly("topology.kubernetes.io/zone=a");
    assertThat(state.addresses()).containsExactly("10.0.0.1");
    assertThat(state.version()).isEqualTo("v1.36.2");
    assertThat(node.cores()).isEqualTo(8);
    assertThat(node.memoryBytes()).isEqualTo(32887164L << 10);
    assertThat(node.lost()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "True, false, READY",
    "True, true, MAINTENANCE",
    "False, true, NOT_READY",
    "Unknown, false, NOT_READY"
  })
  void nodeStatus_isOfItsReadyConditionAndWhetherItIsCordoned(
      String ready, boolean cordoned, NodeStatus expected) throws IOException {
    Node node =
        node(
            "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"unschedulable\":"
                + cordoned
                + "},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\""
                + ready
                + "\",\"reason\":\"why\"}]}}");

    assertThat(node.state().status()).isEqualTo(expected);
    assertThat(node.lost()).isEqualTo(ready.equals("Unknown"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | {"readyReplicas":3,"updatedReplicas":3,"observedGeneration":2,"conditions":[{"type":"Available","status":"True","reason":"MinimumReplicasAvailable"}]} | RUNNING | MinimumReplicasAvailable
          3 | {"readyReplicas":2,"updatedReplicas":3,"observedGeneration":2,"conditions":[{"type":"Available","status":"False","reason":"MinimumReplicasUnavailable"}]} | PENDING | MinimumReplicasUnavailable
          3 | {"readyReplicas":3,"updatedReplicas":1,"observedGeneration":2,"conditions":[{"type":"Progressing","status":"True","reason":"ReplicaSetUpdated"}]} | PENDING | ReplicaSetUpdated
          3 | {"readyReplicas":3,"updatedReplicas":3,"observedGeneration":1,"conditions":[{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable"}]} | PENDING | NewReplicaSetAvailable
          3 | {"updatedReplicas":3,"observedGeneration":2,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]} | FAILED | ProgressDeadlineExceeded
          0 | {"observedGeneration":2} | STOPPED |
          """)
  void deploymentStatus_isOfItsReplicas(
      int desired, String status, VmStatus expected, String detail) throws IOException {
    DeploymentObject object =
        Json.reader(DeploymentObject.class)
            .readValue(
                "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"generation\":2},\"spec\":{\"replicas\":"
                    + desired
                    + "},\"status\":"
                    + status
                    + "}");
    VmState state = Objects.requireNonNull(READERS.deployment(object));

    assertThat(state.vmId()).isEqualTo("deployment:shop:web");
    assertThat(state.status()).isEqualTo(expected);
    assertThat(state.statusDetail()).isEqualTo(detail);
    assertThat(state.replicasDesired()).isEqualTo(desired);
    assertThat(state.replicasReady()).isNotNull();
  }

  @Test
  void event_isReadWithItsCountAndFirstTime() throws IOException {
    Event event =
        event(
            """
            {"metadata": {"name": "web.1", "namespace": "shop", "uid": "e-1",
                "creationTimestamp": "2026-03-02T09:00:01Z"},
             "involvedObject": {"kind": "Pod", "namespace": "shop", "name": "web-1"},
             "reason": "BackOff", "message": "Back-off restarting failed container", "type": "Warning",
             "source": {"component": "kubelet", "host": "worker-1"}, "count": 12,
             "firstTimestamp": "2026-03-02T09:00:00Z", "lastTimestamp": "2026-03-02T09:30:00Z",
             "eventTime": null}
            """);

    assertThat(event.eventId()).isEqualTo("e-1");
    assertThat(event.startedAt()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
    assertThat(event.endedAt()).isEqualTo(Instant.parse("2026-03-02T09:30:00Z"));
    assertThat(event.vmId()).isEqualTo("pod:shop:web-1");
    assertThat(event.node()).isEqualTo("worker-1");
    assertThat(event.type()).isEqualTo("BackOff");
    assertThat(event.count()).isEqualTo(12);
    assertThat(event.severity()).isEqualTo(Event.Severity.WARNING);
  }

  @Test
  void eventOfTheNewerKind_isReadWithItsSeries() throws IOException {
    Event event =
        event(
            """
            {"metadata": {"uid": "e-2", "creationTimestamp": "2026-03-02T09:00:01Z"},
             "involvedObject": {"kind": "Node", "name": "worker-1"},
             "reason": "NodeNotReady", "message": "Node worker-1 status is now: NodeNotReady",
             "type": "Normal", "firstTimestamp": null, "lastTimestamp": null,
             "eventTime": "2026-03-02T09:00:00.123456Z",
             "series": {"count": 3, "lastObservedTime": "2026-03-02T09:10:00.000000Z"}}
            """);

    assertThat(event.startedAt()).isEqualTo(Instant.parse("2026-03-02T09:00:00.123456Z"));
    assertThat(event.count()).isEqualTo(3);
    assertThat(event.node()).isEqualTo("worker-1");
    assertThat(event.vmId()).isNull();
    assertThat(event.state()).isEqualTo(Event.State.OK);
  }

  @ParameterizedTest
  @CsvSource({"15.2s, 15", "1m0s, 60", "500ms, 1", "30s, 30", "x, ", "5, "})
  void window_isReadInSeconds(String text, Integer seconds) {
    assertThat(Amounts.seconds(text)).isEqualTo(seconds);
  }

  @Test
  void objectWithoutAName_isLeftOut() throws IOException {
    assertThat(READERS.pod(Json.reader(PodObject.class).readValue("{}"))).isNull();
    assertThat(READERS.node(Json.reader(NodeObject.class).readValue("{\"metadata\":{}}"))).isNull();
  }

  private static Pod pod(String text) throws IOException {
    return Objects.requireNonNull(READERS.pod(Json.reader(PodObject.class).readValue(text)));
  }

  private static Node node(String text) throws IOException {
    return Objects.requireNonNull(READERS.node(Json.reader(NodeObject.class).readValue(text)));
  }

  private static Event event(String text) throws IOException {
    return Objects.requireNonNull(
        new EventReader("lab").read(Json.reader(EventObject.class).readValue(text)));
  }
}
