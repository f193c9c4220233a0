package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.PodTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Templates of pods as JSON, and back as far as they are told apart. */
final class Templates {
  private Templates() {}

  static void write(PodTemplate template, ObjectNode into) {
    ObjectNode node = into.putObject("template");
    ObjectNode metadata = node.putObject("metadata");
    metadata.putNull("creationTimestamp");
    Json.put(metadata, "labels", template.labels());
    Json.put(metadata, "annotations", template.annotations());
    spec(template, node.putObject("spec"));
  }

  static void spec(PodTemplate template, ObjectNode spec) {
    ArrayNode containers = spec.putArray("containers");
    template.containers().forEach(container -> write(container, containers.addObject()));
    spec.put("restartPolicy", template.restartPolicy())
        .put("terminationGracePeriodSeconds", 30)
        .put("dnsPolicy", "ClusterFirst")
        .put("serviceAccountName", "default")
        .put("schedulerName", "default-scheduler")
        .putObject("securityContext");
  }

  private static void write(ContainerSpec container, ObjectNode into) {
    into.put("name", container.name()).put("image", container.image());
    ObjectNode resources = into.putObject("resources");
    quantities(resources, "limits", container.cpuLimitMillis(), container.memoryLimitBytes());
    quantities(resources, "requests", container.cpuRequestMillis(), container.memoryRequestBytes());
    into.put("terminationMessagePath", "/dev/termination-log")
        .put("terminationMessagePolicy", "File")
        .put("imagePullPolicy", "IfNotPresent");
  }

  private static void quantities(
      ObjectNode into, String field, @Nullable Integer cpuMillis, @Nullable Long memoryBytes) {
    if (cpuMillis == null && memoryBytes == null) {
      return;
    }
    ObjectNode node = into.putObject(field);
    if (cpuMillis != null) {
      node.put("cpu", Json.cpu(cpuMillis));
    }
    if (memoryBytes != null) {
      node.put("memory", Json.memory(memoryBytes));
    }
  }

  /** The template with the labels, annotations and images of the wished one. */
  static PodTemplate read(PodTemplate now, JsonNode wished) {
    JsonNode metadata = wished.path("metadata");
    List<ContainerSpec> containers = new ArrayList<>();
    for (ContainerSpec container : now.containers()) {
      containers.add(container.withImage(image(container, wished.path("spec").path("containers"))));
    }
    return new PodTemplate(
        Json.texts(metadata.path("labels")),
        Json.texts(metadata.path("annotations")),
        containers,
        now.restartPolicy());
  }

  private static String image(ContainerSpec container, JsonNode wished) {
    for (JsonNode other : wished) {
      if (other.path("name").asText().equals(container.name())) {
        return other.path("image").asText(container.image());
      }
    }
    return container.image();
  }
}
