package io.muster.simulator.openstack.api;

import java.util.Map;

/** The headers by which an answer can be found in a service's logs. */
final class Stamps {
  private static final String ID = "x-openstack-request-id";
  private static final String COMPUTE_ID = "x-compute-request-id";

  private Stamps() {}

  /** Those of an answer: who refuses it, and how early, decides which there are. */
  static Map<String, String> of(Service service, String path, int status, String requestId) {
    boolean isRoot = path.equals(service.path()) || path.equals(service.path() + "/");
    boolean isForKeystone = status == 401 || status == 503;
    return switch (service) {
      case IDENTITY -> Map.of(ID, requestId, "Vary", "X-Auth-Token");
      case COMPUTE -> isRoot ? Map.of() : Map.of(ID, requestId, COMPUTE_ID, requestId);
      case VOLUME ->
          isForKeystone ? Map.of(ID, requestId) : Map.of(ID, requestId, COMPUTE_ID, requestId);
      case PLACEMENT -> Map.of(ID, requestId);
      case IMAGE -> isRoot || status == 401 ? Map.of() : Map.of(ID, requestId);
      case NETWORK -> isRoot ? Map.of() : Map.of(ID, requestId);
    };
  }
}
