package io.muster.agent.openstack;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells an operator what to know before relying on a cloud: from a whole poll of it. */
final class Check {
  /** Time enough to make another certificate. */
  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private final Parts parts;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Check(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param verified whether certificates are
   * @param responseTime of signing in
   */
  CheckReport report(
      Snapshot snapshot,
      ComputeVersions versions,
      Token token,
      boolean verified,
      Duration responseTime,
      Instant now) {
    rights(token);
    Set<String> said = new HashSet<>();
    parts
        .problems()
        .forEach((part, e) -> {
          said.add(part.subject());
          if (e.isAbsent()) {
            notes.add("%s: %s. That is left out.".formatted(begin(part.subject()), e.reason()));
          } else if (!e.isForbidden()) {
            problems.add("%s can't be read: %s.".formatted(begin(part.subject()), e.reason()));
          }
        });
    for (Gap gap : snapshot.gaps()) {
      if (said.add(gap.subject())) {
        problems.add("%s can't be read: %s.".formatted(begin(gap.subject()), gap.message()));
      }
    }
    notes.add(
        "Nova offers microversions %s to %s; it is asked with %s."
            .formatted(versions.oldest(), versions.newest(), versions.chosen()));
    notes.add("%d instances are seen.".formatted(there(snapshot)));
    expiry(snapshot.facts().certificateExpiresAt(), now);
    if (!verified) {
      notes.add("TLS is not verified: set caCert to the cloud's authority instead.");
    }
    ServerFacts facts = snapshot.facts();
    return new CheckReport(
        facts,
        snapshot.nodes().stream().map(NodeState::node).toList(),
        responseTime,
        problems,
        notes);
  }

  private static long there(Snapshot snapshot) {
    return snapshot.vms().stream().filter(vm -> vm.status() != VmStatus.REMOVED).count();
  }

  private void rights(Token token) {
    Map<Part, CallException> all = parts.problems();
    for (Part part : parts.forbidden()) {
      if (all.containsKey(part)) {
        problems.add(
            "The account may not read %s (%s): %s."
                .formatted(part.subject(), part.rule(), part.loss()));
      }
    }
    if (parts.isForbidden(Part.ALL_PROJECTS)) {
      notes.add(
          "This entry sees project %s alone. docs/openstack.md says how an account sees all."
              .formatted(token.projectName()));
    }
  }

  private void expiry(@Nullable Instant at, Instant now) {
    if (at == null) {
      return;
    }
    if (at.isBefore(now.plus(EXPIRY_WARNING))) {
      problems.add(
          "The certificate %s at %s. Renew it."
              .formatted(at.isAfter(now) ? "expires" : "expired", at));
    } else {
      notes.add("The certificate expires at " + at + ".");
    }
  }

  private static String begin(String subject) {
    return Character.toUpperCase(subject.charAt(0)) + subject.substring(1);
  }
}
