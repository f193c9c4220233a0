package io.muster.control.importing;

import io.muster.control.health.Checks;
import io.muster.control.server.Proposal.Taken;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.link.CheckAnswer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the certificates of servers that are to be imported. */
@Singleton
final class Certificates {
  /** A person waits for the preview; a server that is slower is told as such. */
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final Checks checks;

  Certificates(Checks checks) {
    this.checks = checks;
  }

  /**
   * What a server showed.
   *
   * @param error why nothing was seen; null = something was
   */
  record Seen(List<CheckAnswer.Certificate> certificates, @Nullable String error) {
    static final Seen NOTHING = new Seen(List.of(), null);

    Seen {
      certificates = List.copyOf(certificates);
    }

    @Nullable CertificateView first() {
      return certificates.stream()
          .filter(certificate -> !certificate.trusted())
          .findFirst()
          .or(() -> certificates.stream().findFirst())
          .map(CertificateView::of)
          .orElse(null);
    }

    /** The pins that would make the entry accept what was seen; empty = it does already. */
    List<String> pins(Taken taken) {
      boolean unproven = certificates.stream().anyMatch(certificate -> !certificate.trusted());
      return taken.server() instanceof ProxmoxServer proxmox
              && (unproven || (!proxmox.tls().verify() && proxmox.tls().fingerprints().isEmpty()))
          ? certificates.stream().map(CheckAnswer.Certificate::sha256).distinct().toList()
          : List.of();
    }
  }

  /** Looks at all of them at once, by their index. */
  Map<Integer, Seen> look(Map<Integer, Taken> servers) {
    Map<Integer, Checks.Asked> asked = new HashMap<>();
    servers.forEach(
        (index, taken) -> asked.put(index, new Checks.Asked(taken.site().id(), taken.server())));
    Map<Integer, Seen> seen = new HashMap<>();
    checks
        .all(asked, DEADLINE)
        .forEach((index, answer) ->
            seen.put(
                index,
                new Seen(
                    answer.certificates(),
                    answer.certificates().isEmpty()
                        ? Objects.requireNonNullElse(answer.error(), "no TLS")
                        : null)));
    return seen;
  }
}
