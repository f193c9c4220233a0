package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.inspect.Pseudonyms;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Names;
import io.muster.protocol.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScrubbingTest {
  private static final Path PAGE = Path.of("..", "docs", "proxmox.md");

  private final ProxmoxReference reference = new ProxmoxReference();
  private final Names names = new Pseudonyms();

  @Test
  void unknownTexts_areReplacedAndUnknownStructuresLeftOut() {
    assertThat(
            body(
                "/cluster/resources",
                """
                {"data":[{"type":"qemu","id":"qemu/100","node":"berlin-7","name":"payroll","vmid":100,
                "maxmem":4294967296,"hint":"owner: Jane","secret":{"inner":"Jane"},"list":["Jane"],
                "status":"running","tags":"prod;jane","pool":"hr","lock":""}],"extra":"Jane"}
                """))
        .isEqualTo(
            ("{\"data\":[{\"type\":\"qemu\",\"id\":\"qemu/100\",\"node\":\"node-1\","
                + "\"name\":\"vm-1\",\"vmid\":100,\"maxmem\":4294967296,\"hint\":\"text-1\","
                + "\"secret\":{},\"list\":[],\"status\":\"running\",\"tags\":\"tag-1;tag-2\","
                + "\"pool\":\"group-1\",\"lock\":\"\"}]}"));
  }

  @Test
  void textThatIsNoWordWhereAWordIsExpected_isReplaced() {
    assertThat(body("/cluster/resources", "{\"data\":[{\"status\":\"call Jane: 555\"}]}"))
        .isEqualTo("{\"data\":[{\"status\":\"text-1\"}]}");
    assertThat(body("/nodes/a/status", "{\"data\":{\"loadavg\":[\"0.10\",\"Jane\"]}}"))
        .isEqualTo("{\"data\":{\"loadavg\":[\"0.10\",\"text-2\"]}}");
  }

  @Test
  void sameName_getsTheSamePseudonymInIdsTasksPathsAndSentences() {
    assertThat(body("/cluster/resources", "{\"data\":[{\"id\":\"storage/berlin-7/vault\"}]}"))
        .isEqualTo("{\"data\":[{\"id\":\"storage/node-1/storage-1\"}]}");
    assertThat(
            body(
                "/cluster/tasks",
                "{\"data\":[{\"upid\":\"UPID:berlin-7:0000C530:001C9BEC:68E7B0D6:qmstart:100:jane@corp!ci:\","
                    + "\"id\":\"vault\",\"user\":\"jane@corp\",\"status\":\"no space left on"
                    + " berlin-7 for Jane\"}]}"))
        .isEqualTo(
            "{\"data\":[{\"upid\":\"UPID:node-1:0000C530:001C9BEC:68E7B0D6:qmstart:100:user-1@realm-1!token-1:\","
                + "\"id\":\"storage-1\",\"user\":\"user-1@realm-1\",\"status\":\"no space left on"
                + " node-1 for text-1\"}]}");
    assertThat(
            scrub("/nodes/berlin-7/storage/vault/content?content=backup", 200, "OK", null).path())
        .isEqualTo("/api2/json/nodes/node-1/storage/storage-1/content?content=backup");
    assertThat(
            scrub("/cluster/metrics/export?node-list=berlin-7&start-time=1", 200, "", null).path())
        .isEqualTo("/api2/json/cluster/metrics/export?node-list=node-1&start-time=1");
    assertThat(
            body(
                "/cluster/ha/status/current",
                "{\"data\":[{\"id\":\"lrm:berlin-7\",\"sid\":\"vm:100\",\"status\":\"berlin-7"
                    + " (idle)\"}]}"))
        .isEqualTo(
            "{\"data\":[{\"id\":\"lrm:node-1\",\"sid\":\"vm:100\",\"status\":\"node-1 (idle)\"}]}");
  }

  @Test
  void clusterAndNodeNames_areToldApart() {
    assertThat(
            body(
                "/cluster/status",
                "{\"data\":[{\"type\":\"cluster\",\"id\":\"cluster\",\"name\":\"berlin\"},"
                    + "{\"type\":\"node\",\"id\":\"node/berlin-7\",\"name\":\"berlin-7\",\"ip\":\"10.1.2.3\"}]}"))
        .isEqualTo(
            "{\"data\":[{\"type\":\"cluster\",\"id\":\"cluster\",\"name\":\"cluster-1\"},"
                + "{\"type\":\"node\",\"id\":\"node/node-1\",\"name\":\"node-1\",\"ip\":\"127.0.20.2\"}]}");
  }

  @Test
  void namesThatAreKeys_areReplaced() {
    assertThat(
            body(
                "/access/permissions",
                "{\"data\":{\"/\":{\"Sys.Audit\":1},\"/vms/100\":{\"VM.Audit\":1},"
                    + "\"/storage/vault\":{\"Datastore.Audit\":1},\"/pool/hr\":{\"Pool.Audit\":0}}}"))
        .isEqualTo(
            "{\"data\":{\"/\":{\"Sys.Audit\":1},\"/vms/100\":{\"VM.Audit\":1},"
                + "\"/storage/storage-1\":{\"Datastore.Audit\":1},\"/pool/group-1\":{\"Pool.Audit\":0}}}");
    assertThat(
            body(
                "/access/users/jane%40pve",
                "{\"data\":{\"firstname\":\"Jane\",\"groups\":[\"hr\"],\"tokens\":{\"ci\":"
                    + "{\"expire\":0,\"comment\":\"of Jane\"}}}}"))
        .isEqualTo(
            "{\"data\":{\"firstname\":\"text-1\",\"groups\":[],\"tokens\":{\"token-1\":"
                + "{\"expire\":0,\"comment\":\"text-2\"}}}}");
  }

  @Test
  void refusal_keepsWhatTellsTheReasonOnly() {
    Exchange scrubbed =
        scrub(
            "/nodes/berlin-7/status",
            403,
            "Permission check failed (/nodes/berlin-7, Sys.Audit)",
            "{\"data\":null,\"message\":\"Permission check failed (/nodes/berlin-7, Sys.Audit)\\n\"}");

    assertThat(scrubbed.reason()).isEqualTo("Permission check failed (/nodes/node-1, Sys.Audit)");
    assertThat(scrubbed.body())
        .isEqualTo(
            "{\"data\":null,\"message\":\"Permission check failed (/nodes/node-1, Sys.Audit)\\n\"}");
    assertThat(scrubbed.message()).doesNotContain("berlin", "example");
    assertThat(scrubbed.endpoint()).isEqualTo(URI.create("https://127.0.20.1:8006"));
    assertThat(scrubbed.headers()).containsExactly(new Exchange.Header("Date", "today"));
  }

  @Test
  void addressesFingerprintsAndNamesOfAnyLanguage_areReplacedInSentences() {
    assertThat(
            sentence(
                "can't connect to [2001:470:1f0b:9::52]:8006 and 2001:470:0:0:0:0:0:53 at 10:20:30"))
        .isEqualTo("can't connect to [127.0.20.2]:8006 and 127.0.20.3 at 10:20:30");
    assertThat(sentence("device 52:54:00:12:34:56 unknown"))
        .doesNotContain("52", "54", "12", "34", "56");
    assertThat(sentence("certificate 5C:8B" + ":10".repeat(30) + " unknown"))
        .startsWith("certificate 00:00:")
        .doesNotContain("5C", ":10");
    assertThat(sentence("no such user müller of Бухгалтерия, PVE::Storage"))
        .isEqualTo("no such user text-1 of text-2, PVE::Storage");
    assertThat(sentence("VM.internal VM.GuestAgent.Audit")).isEqualTo("text-3 VM.GuestAgent.Audit");
  }

  private String sentence(String reason) {
    return String.valueOf(scrub("/version", 500, reason, null).reason());
  }

  /** Also those that only an agent with MUSTER_BACKFILL_HOURS makes. */
  @Test
  void everyPathOfTheCatalogue_canBeScrubbed() {
    assertThat(reference.calls())
        .allSatisfy(call -> {
          String path =
              call.path().replaceAll("\\{vmid}", "100").replaceAll("\\{[a-z]+}", "jane@pve");
          assertThat(scrub(path, 200, "OK", null).path()).doesNotContain("jane");
        });
    assertThat(scrub("/nodes/berlin-7/qemu/100/rrddata?cf=AVERAGE", 200, "OK", null).path())
        .isEqualTo("/api2/json/nodes/node-2/qemu/100/rrddata?cf=AVERAGE");
  }

  @Test
  void bodyThatIsNotJsonOrNotWhole_isLeftOut() {
    assertThat(scrub("/version", 200, "OK", "<html>Jane</html>").body()).isNull();
    assertThat(scrub("/version", 200, "OK", "{\"data\":{\"version\":\"9").body()).isNull();
  }

  @Test
  void documentedCalls_areThoseOfTheCatalogue() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("### What is asked"));
    List<String> documented =
        Pattern.compile("(?m)^\\| `(/[^`?]*)[^`]*` \\|")
            .matcher(section.substring(0, section.indexOf("\n## ")))
            .results()
            .map(match -> match.group(1).replaceAll("<[a-z]+>", "{}"))
            .toList();

    assertThat(reference.calls())
        .extracting(call -> call.path().replaceAll("\\{[a-z]+}", "{}"))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  private @Nullable String body(String path, String body) {
    return scrub(path, 200, "OK", body).body();
  }

  private Exchange scrub(String path, int status, String reason, @Nullable String body) {
    return reference.scrub(
        new Exchange(
            Instant.EPOCH,
            URI.create("https://berlin-7.example.org:8006"),
            "GET",
            "/api2/json" + path,
            Duration.ZERO,
            status,
            reason,
            List.of(
                new Exchange.Header("Date", "today"),
                new Exchange.Header("X-Site", "berlin"),
                new Exchange.Header("Server", "berlin-proxy/1")),
            body,
            0,
            false,
            status == 200 ? null : Failure.FORBIDDEN,
            status == 200
                ? null
                : "GET " + path + " at https://berlin-7.example.org:8006: " + reason),
        names);
  }
}
