package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.proxmox.access.ApiToken;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of several things that are wrong with a request, Proxmox names the first of a fixed order. */
class OrderOfChecksTest {
  @SuppressWarnings("NullAway.Init")
  private static SimulatedProxmox lab;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static WireAnswer send(String method, String path, ApiToken token, String body)
      throws IOException {
    try (WireClient client = WireClient.connect(lab, "pve1")) {
      return client.request(
          method, "/api2/json" + path, List.of("Authorization: " + token.authorization()), body);
    }
  }

  @Test
  void unknownMethod_withoutLogin_is401() throws IOException {
    try (WireClient client = WireClient.connect(lab, "pve1")) {
      WireAnswer answer = client.request("GET", "/api2/json/no/such", List.of(), "");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.reason()).isEqualTo("No ticket");
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("Content-Length")).isEmpty();
      assertThat(answer.header("Content-Type")).isEmpty();
    }
  }

  @Test
  void missingPrivilege_beatsBadParameter() throws IOException {
    WireAnswer answer = send("POST", "/nodes/pve1/qemu/100/snapshot", Lab.AUDITOR_TOKEN, "bogus=1");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.reason()).isEqualTo("Permission check failed (/vms/100, VM.Snapshot)");
    assertThat(answer.json().path("message").asText())
        .isEqualTo("Permission check failed (/vms/100, VM.Snapshot)\n");
  }

  @Test
  void missingPrivilege_beatsUnknownGuestAndUnreachableNode() throws IOException {
    WireAnswer answer = send("POST", "/nodes/pve2/qemu/98765/status/start", Lab.AUDITOR_TOKEN, "");

    assertThat(answer.reason()).isEqualTo("Permission check failed (/vms/98765, VM.PowerMgmt)");
  }

  @Test
  void unreachableNode_beatsBadParameterAndHasNoBody() throws IOException {
    WireAnswer answer =
        send("POST", "/nodes/pve2/qemu/200/status/start", Lab.OPERATOR_TOKEN, "bogus=1");

    assertThat(answer.status()).isEqualTo(595);
    assertThat(answer.reason()).isEqualTo("Connection refused");
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Connection")).containsExactly("close");
  }

  @Test
  void unknownNode_isAFailedLookup() throws IOException {
    WireAnswer answer = send("GET", "/nodes/nosuch/status", Lab.OPERATOR_TOKEN, "");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason())
        .startsWith("hostname lookup 'nosuch' failed - failed to get address info for: nosuch: ");
  }

  @Test
  void callClosedToTokens_is403WithTheWholeTextInTheBody() throws IOException {
    WireAnswer answer =
        send("POST", "/access/ticket", Lab.OPERATOR_TOKEN, "username=x@pve&password=y");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.reason())
        .isEqualTo(
            "Permission check failed (URI '/access/ticket' not available with API token, need"
                + " proper ticket.");
    assertThat(answer.json().path("message").asText()).endsWith("need proper ticket.\n)\n");
  }

  @Test
  void conflictOfPathAndQuery_beatsEverythingButTheLogin() throws IOException {
    WireAnswer answer = send("GET", "/nodes/pve1/status?node=other", Lab.BARE_TOKEN, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path("node").asText())
        .isEqualTo("duplicate parameter (already defined in URI) with conflicting values!");
  }

  @Test
  void badParameters_areAllNamed() throws IOException {
    WireAnswer answer =
        send("GET", "/nodes/pve1/tasks?limit=abc&errors=yes&bogus=1", Lab.OPERATOR_TOKEN, "");

    assertThat(answer.reason()).isEqualTo("Parameter verification failed.");
    assertThat(answer.json().path("message").asText())
        .isEqualTo("Parameter verification failed.\n");
    assertThat(answer.json().path("errors").path("limit").asText())
        .isEqualTo("type check ('integer') failed - got 'abc'");
    assertThat(answer.json().path("errors").path("errors").asText())
        .isEqualTo("type check ('boolean') failed - got 'yes'");
    assertThat(answer.json().path("errors").path("bogus").asText())
        .isEqualTo(
            "property is not defined in schema and the schema does not allow additional"
                + " properties");
  }

  @Test
  void cacheBuster_countsForNothing() throws IOException {
    assertThat(send("GET", "/version?_dc=123", Lab.OPERATOR_TOKEN, "").status()).isEqualTo(200);
  }

  @Test
  void localhost_isTheEntryNode() throws IOException {
    assertThat(send("GET", "/nodes/localhost/status", Lab.OPERATOR_TOKEN, "").status())
        .isEqualTo(200);
  }
}
