package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.agent.provider.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the account may not do of what the agent needs.
 *
 * @param missing such as {@code list pods}
 * @param sentences what is lost without it, and where it is granted
 */
record Privileges(List<String> missing, List<String> sentences) {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private static final List<String> WATCHED = List.of("list", "watch");

  Privileges {
    missing = List.copyOf(missing);
    sentences = List.copyOf(sentences);
  }

  /** Things of one kind, what is done with them, and what is lost without it. */
  private record Need(
      String group, String resource, @Nullable String part, List<String> verbs, String loss) {
    String name() {
      String full = part == null ? resource : resource + "/" + part;
      return group.isEmpty() ? full : full + "." + group;
    }
  }

  private static Stream<Need> needs(Scope scope, boolean kubelet) {
    Stream<Need> always =
        Stream.of(
            new Need("", "pods", null, WATCHED, "no pod is seen"),
            new Need("apps", "deployments", null, WATCHED, "no deployment is seen"),
            new Need("", "events", null, WATCHED, "no event is seen"),
            new Need(
                "metrics.k8s.io",
                "pods",
                null,
                List.of("list"),
                "of pods only requests and limits are known, not what they use"));
    Stream<Need> cluster =
        Stream.of(
            new Need("", "nodes", null, WATCHED, "no node is seen"),
            new Need(
                "",
                "namespaces",
                null,
                List.of("get"),
                "two entries of the inventory that are the same cluster are not noticed"),
            new Need(
                "metrics.k8s.io",
                "nodes",
                null,
                List.of("list"),
                "of nodes only their size is known, not what they use"));
    Stream<Need> direct =
        Stream.of(
            new Need(
                "",
                "nodes",
                "stats",
                List.of("get"),
                "disk, network and pressure are unknown (kubelet: true)"));
    return Stream.of(
            always,
            scope.hasNodes() ? cluster : Stream.<Need>of(),
            kubelet && scope.hasNodes() ? direct : Stream.<Need>of())
        .flatMap(needs -> needs);
  }

  /** Asks the API server about each verb, all at once. */
  static Privileges ask(
      ApiClient client, Scope scope, boolean kubelet, Deadline deadline, CallCounter calls)
      throws CallException, InterruptedException {
    Map<Need, List<Future<String>>> asked = new LinkedHashMap<>();
    needs(scope, kubelet)
        .forEach(need ->
            asked.put(
                need,
                need.verbs().stream()
                    .map(verb ->
                        Transport.THREADS.submit(() ->
                            isAllowed(client, scope, need, verb, deadline, calls) ? "" : verb))
                    .toList()));
    List<String> missing = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<Need, List<Future<String>>> entry : asked.entrySet()) {
      List<String> verbs = new ArrayList<>();
      for (Future<String> answer : entry.getValue()) {
        String verb = await(answer);
        if (!verb.isEmpty()) {
          verbs.add(verb);
        }
      }
      if (!verbs.isEmpty()) {
        Need need = entry.getKey();
        verbs.forEach(verb -> missing.add(verb + " " + need.name()));
        sentences.add(
            "The account may not %s %s: %s. docs/kubernetes/muster-monitor.yaml grants it."
                .formatted(String.join(" and ", verbs), need.name(), need.loss()));
      }
    }
    return new Privileges(missing, sentences);
  }

  private static String await(Future<String> answer) throws CallException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CallException call) {
        throw call;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean isAllowed(
      ApiClient client, Scope scope, Need need, String verb, Deadline deadline, CallCounter calls)
      throws CallException {
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    question.put("apiVersion", "authorization.k8s.io/v1");
    question.put("kind", "SelfSubjectAccessReview");
    ObjectNode attributes = question.putObject("spec").putObject("resourceAttributes");
    attributes.put("group", need.group());
    attributes.put("resource", need.resource());
    attributes.put("verb", verb);
    if (need.part() != null) {
      attributes.put("subresource", need.part());
    }
    if (need.resource().equals("namespaces")) {
      attributes.put("name", "kube-system"); // the only one that is asked for
    }
    if (scope.namespace() != null) {
      attributes.put("namespace", scope.namespace());
    }
    JsonNode answer = client.ask(REVIEWS, question, deadline, calls);
    return answer.path("status").path("allowed").asBoolean();
  }
}
