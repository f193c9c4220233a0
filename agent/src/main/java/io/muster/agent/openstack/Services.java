package io.muster.agent.openstack;

import io.muster.agent.openstack.Shapes.ServiceShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services that Nova or Cinder hears of, or no longer. */
record Services(List<ServiceShape> all) {
  static final Services UNKNOWN = new Services(List.of());

  private static final String COMPUTE = "nova-compute";

  Services {
    all = List.copyOf(all);
  }

  static Services read(Session session, Service of, Round round) throws CallException {
    List<ServiceShape> all = new ArrayList<>();
    session.<ServiceShape>list(
        of,
        "/os-services",
        of == Service.COMPUTE ? round.version() : null,
        "services",
        Json.reader(ServiceShape.class),
        all::add,
        round.deadline(),
        round.calls());
    return new Services(all);
  }

  /** The nova-compute of each host. */
  Map<String, ServiceShape> computes() {
    Map<String, ServiceShape> computes = new HashMap<>();
    for (ServiceShape service : all) {
      if (COMPUTE.equals(service.binary()) && service.host() != null) {
        computes.put(service.host(), service);
      }
    }
    return computes;
  }

  /** All but nova-compute, which its node tells of. */
  List<ServiceShape> others() {
    return all.stream()
        .filter(service -> !COMPUTE.equals(service.binary()))
        .filter(service -> service.binary() != null && service.host() != null)
        .toList();
  }

  static boolean isUp(@Nullable ServiceShape service) {
    return service != null && "up".equals(service.state());
  }

  static boolean isEnabled(ServiceShape service) {
    return "enabled".equals(service.status());
  }
}
