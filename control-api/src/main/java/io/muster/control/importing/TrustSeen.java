package io.muster.control.importing;

import io.muster.control.problem.ProblemException;
import io.muster.control.server.Proposal.Refused;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.inventory.FieldProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The wish to pin what servers show.
 *
 * @param only the certificates that somebody has looked at; null = whatever is there
 */
record TrustSeen(@Nullable Set<String> only) {
  TrustSeen {
    only = only == null ? null : Set.copyOf(only);
  }

  /** What a request asks for; null = no pins. */
  static @Nullable TrustSeen of(boolean trustSeen, @Nullable String seen) {
    if (!trustSeen) {
      return null;
    }
    return new TrustSeen(seen == null ? null : fingerprints(seen));
  }

  private static Set<String> fingerprints(String seen) {
    try {
      return Arrays.stream(seen.split(",", -1))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .map(text -> new Fingerprint(text).value())
          .collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("seen", "must be SHA-256 fingerprints with commas");
    }
  }

  /** Why a server can't be pinned to what it shows; null = it can. */
  @Nullable Refused refusal(List<String> pins) {
    if (only == null) {
      return null;
    }
    return pins.stream()
        .filter(pin -> !only.contains(pin))
        .findFirst()
        .map(pin -> new Refused("certificate-changed", List.of(other(pin))))
        .orElse(null);
  }

  private static FieldProblem other(String pin) {
    return new FieldProblem(
        "fingerprints",
        "the certificate " + pin,
        "one that was looked at: preview the import again, and compare");
  }
}
