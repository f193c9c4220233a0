package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Failure;

/**
 * What Nova offers, from its version document.
 *
 * @param newest such as 2.93 for Zed
 */
record ComputeVersions(Microversion oldest, Microversion newest) {
  /** The first with everything that is read: ids of hypervisors and services that hold (Pike). */
  static final Microversion NEEDED = new Microversion(2, 53);

  /**
   * From the next one on hypervisors have no numbers, and one hung host takes the list with it for
   * a minute.
   */
  static final Microversion BEST = new Microversion(2, 87);

  static ComputeVersions read(JsonNode document, String where) throws CallException {
    JsonNode version = document.path("version");
    Microversion oldest = Microversion.parse(version.path("min_version").asText(""));
    Microversion newest = Microversion.parse(version.path("version").asText(""));
    if (oldest == null || newest == null) {
      throw new CallException(
          Failure.UNEXPECTED_ANSWER, 0, where + ": no version document of Nova v2.1", null);
    }
    if (newest.compareTo(NEEDED) < 0) {
      throw new CallException(
          Failure.UNEXPECTED_ANSWER,
          0,
          "%s: Nova offers %s at most, %s (Pike, 2017) is needed".formatted(where, newest, NEEDED),
          null);
    }
    return new ComputeVersions(oldest, newest);
  }

  /** The version to ask with. */
  Microversion chosen() {
    if (oldest.compareTo(BEST) > 0) {
      return oldest;
    }
    return newest.compareTo(BEST) < 0 ? newest : BEST;
  }

  /** Whether hypervisors tell what they have and gave away; else Placement does. */
  boolean hasHypervisorNumbers() {
    return chosen().compareTo(BEST) <= 0;
  }

  boolean hasOldDiagnostics() {
    return oldest.compareTo(Microversion.DIAGNOSTICS) <= 0;
  }
}
