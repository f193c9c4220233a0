package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.TlsTrust;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates that are renewed, and those that the cluster itself vouches for. */
final class CertificatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private volatile String stated = "[]";
  private final ScriptedServer entry = ScriptedServer.byPath(this::answer);

  CertificatesTest() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    entry.close();
  }

  private void answer(String path, OutputStream out) throws Exception {
    String body =
        path.equals("/nodes") ? "{'data':" + stated + "}" : ScriptedCluster.body(path, now);
    ScriptedServer.json(out, "200 OK", body.replace('\'', '"'));
  }

  /** The second node as it answers for itself. */
  private void answerAsSecond(String path, OutputStream out) throws Exception {
    ScriptedServer.json(
        out, "200 OK", ScriptedCluster.body(path.replace("local-only=1", "node-list=pve2"), now));
  }

  private void state(String fingerprint) {
    stated =
        "[{'node':'pve1','status':'online','ssl_fingerprint':'%s'},{'node':'pve2','status':'online','ssl_fingerprint':'%s'}]"
            .formatted(entry.fingerprint(), fingerprint);
  }

  private ProxmoxProvider provider(Map<String, URI> nodeAddresses, TlsTrust trust) {
    return new ProxmoxProvider(
        new ProxmoxServer(
            Servers.entry(), List.of(entry.url()), nodeAddresses, Servers.token(), null, trust),
        Map.of(),
        () -> now);
  }

  private Snapshot poll(ProxmoxProvider provider) throws ProviderException {
    now = now.plus(INTERVAL);
    return provider.poll(new Tick(now, INTERVAL, Deadline.after(PATIENCE)));
  }

  @Test
  void renewedCertificate_isRefusedWithAllThatIsNeededToPinIt() throws Exception {
    Fingerprint old = new Fingerprint(entry.fingerprint());
    try (ProxmoxProvider pinned = provider(Map.of(), Servers.pinned(old))) {
      Snapshot before = poll(pinned);
      assertThat(before.facts().certificateSha256()).isEqualTo(old);
      entry.close();
      try (ScriptedServer renewed = ScriptedServer.at(entry.url().getPort(), this::answer)) {
        ProviderException failure =
            catchThrowableOfType(ProviderException.class, () -> poll(pinned));

        assertThat(failure.failure()).isEqualTo(Failure.TLS);
        assertThat(failure)
            .hasMessageContaining(renewed.fingerprint())
            .hasMessageContaining("issuer O=PVE Cluster Manager CA")
            .hasMessageContaining("valid until 20")
            .hasMessageContaining("add it to `fingerprints`");
        assertThat(renewed.requests()).as("the token was not sent").isZero();

        Fingerprint fresh = new Fingerprint(renewed.fingerprint());
        try (ProxmoxProvider both = provider(Map.of(), Servers.pinned(old, fresh))) {
          assertThat(poll(both).facts().certificateSha256()).isEqualTo(fresh);
          assertThat(poll(both).facts().certificateExpiresAt()).isAfter(now);
        }
      }
    }
  }

  @Test
  void unknownAuthority_isToldInOneShortSentence() throws Exception {
    try (ScriptedServer other = ScriptedServer.byPath(this::answer);
        ProxmoxProvider provider = provider(Map.of(), Servers.authority(other.authorityPem()))) {
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> poll(provider));

      assertThat(failure.failure()).isEqualTo(Failure.TLS);
      assertThat(failure)
          .hasMessageContaining("not of the authority in `caCert`")
          .hasMessageContaining(entry.fingerprint())
          .hasMessageNotContaining("PKIX");
      assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(500);
    }
  }

  @Test
  void nodeOfAnotherAuthority_isTrustedByWhatTheClusterStates() throws Exception {
    try (ScriptedServer second = ScriptedServer.byPath(this::answerAsSecond);
        ProxmoxProvider provider =
            provider(Map.of("pve2", second.url()), Servers.authority(entry.authorityPem()))) {
      state(second.fingerprint());

      assertThat(poll(provider).gaps()).isEmpty();
      assertThat(second.requests()).isPositive();
      poll(provider);
      assertThat(poll(provider).gaps()).as("with a resumed session too").isEmpty();
    }
  }

  @Test
  void nodeThatTheClusterStatesOtherwise_isReadThroughAMemberUntilItAgrees() throws Exception {
    try (ScriptedServer second = ScriptedServer.byPath(this::answerAsSecond);
        ProxmoxProvider provider =
            provider(
                Map.of("pve2", second.url()),
                Servers.pinned(new Fingerprint(entry.fingerprint())))) {
      state("CD".repeat(32));

      assertThat(poll(provider).gaps())
          .filteredOn(gap -> gap.subject().equals("node pve2"))
          .extracting(Gap::failure)
          .containsExactly(Failure.TLS);
      assertThat(second.requests()).as("the token was not sent").isZero();
      assertThat(poll(provider).gaps()).as("through the member").isEmpty();

      state(second.fingerprint());
      now = now.plus(NodeRoutes.FIRST_SETBACK);
      assertThat(poll(provider).gaps()).as("tried again").isNotEmpty();
      assertThat(poll(provider).gaps()).as("what the cluster states is asked anew").isEmpty();
      assertThat(poll(provider).gaps()).isEmpty();
      assertThat(second.requests()).isPositive();
    }
  }
}
