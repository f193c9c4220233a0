package io.muster.simulator.openstack.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.model.Ids;
import java.util.List;

/** Which services there are, and where. */
final class Catalog {
  private static final List<String> INTERFACES = List.of("public", "internal", "admin");
  private static final String PROJECT = "%(project_id)s";

  private final Ids ids;
  private final String region;
  private final Conditions conditions;

  Catalog(Ids ids, String region, Conditions conditions) {
    this.ids = ids;
    this.region = region;
    this.conditions = conditions;
  }

  String region() {
    return region;
  }

  /** What a token's holder is shown: endpoints of a project only to who is in one. */
  ArrayNode of(Token token, String base) {
    ArrayNode catalog = Nodes.array();
    for (Service service : Service.values()) {
      if (conditions.isMissing(service)) {
        continue;
      }
      ArrayNode endpoints = Nodes.array();
      boolean fits = !service.endpoint().contains(PROJECT) || !token.project().isEmpty();
      if (fits) {
        for (String face : INTERFACES) {
          endpoints.add(
              endpoint(service, face)
                  .put("url", base + service.endpoint().replace(PROJECT, token.project())));
        }
      }
      ObjectNode row = catalog.addObject();
      row.set("endpoints", endpoints);
      row.put("id", id(service)).put("type", service.type()).put("name", service.title());
    }
    return catalog;
  }

  private ObjectNode endpoint(Service service, String face) {
    return Nodes.object()
        .put("id", ids.hex("endpoint-" + face + "-" + service.word(), 0))
        .put("interface", face)
        .put("region_id", region)
        .put("region", region);
  }

  private String id(Service service) {
    return ids.hex("service-" + service.word(), 0);
  }

  /** As the administrator's list has them. */
  ArrayNode services(String base) {
    ArrayNode rows = Nodes.array();
    for (Service service : Service.values()) {
      if (!conditions.isMissing(service)) {
        ObjectNode row =
            rows.addObject()
                .put("name", service.title())
                .put("id", id(service))
                .put("type", service.type())
                .put("enabled", true);
        row.set("links", self(base + "/identity/v3/services/" + id(service)));
      }
    }
    return rows;
  }

  /** As the administrator's list has them. */
  ArrayNode endpoints(String base) {
    ArrayNode rows = Nodes.array();
    for (Service service : Service.values()) {
      if (conditions.isMissing(service)) {
        continue;
      }
      for (String face : INTERFACES) {
        ObjectNode row =
            endpoint(service, face)
                .put("service_id", id(service))
                .put("url", base + service.endpoint())
                .put("enabled", true);
        row.set("links", self(base + "/identity/v3/endpoints/" + row.path("id").asText()));
        rows.add(row);
      }
    }
    return rows;
  }

  static ObjectNode self(String url) {
    return Nodes.object().put("self", url);
  }
}
