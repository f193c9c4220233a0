package io.muster.agent.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.openstack.Shapes.ServerShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the shape of recorded ones, with values of our own. */
final class ReadersTest {
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static Instance instance(String text) throws IOException {
    return Objects.requireNonNull(
        Instance.of(Json.reader(ServerShape.class).readValue(text.replace('\'', '"'))));
  }

  @Test
  void uptime_isReadInAllItsShapes() {
    assertThat(Uptime.parse(" 10:48:21 up 93 days, 0:03,  1 user,  load average: 0.13, 0.90, 1.80"))
        .isEqualTo(new Uptime(93L * 86_400 + 180, 0.13, 0.9, 1.8));
    assertThat(Uptime.parse(" 10:48:21 up 1 day,  3:22,  load average: 10.00, 9.00, 8.00"))
        .isEqualTo(new Uptime(86_400L + 3 * 3600 + 22 * 60, 10.0, 9.0, 8.0));
    assertThat(Uptime.parse("10:48:21 up 5 min,  0 users,  load average: 0,13, 0,90, 1,80"))
        .isEqualTo(new Uptime(300L, 0.13, 0.9, 1.8));
    assertThat(Uptime.parse("")).isNull();
    assertThat(Uptime.parse("not known here")).isNull();
  }

  @Test
  void diagnostics_ofLibvirt_areSummedInBytes() throws IOException {
    Usage usage =
        Usage.read(
            json(
                "{'cpu0_time': 1000000000, 'cpu1_time': 500000000, 'vda_read_req': 7, 'vda_read': 100,"
                    + " 'vda_write': 30, 'vdb_read': 11, 'vda_errors': -1, 'tapab_rx': 5, 'tapab_tx': 6,"
                    + " 'tapab_rx_packets': 99, 'tapab_tx_drop': 3, 'memory': 4096,"
                    + " 'memory-available': 4000, 'memory-unused': 1000, 'memory-usable': 2000,"
                    + " 'memory-rss': 3500, 'memory-swap_in': 0}"),
            AT);

    assertThat(usage)
        .isEqualTo(
            new Usage(
                AT,
                2,
                1_500_000_000L,
                4096L * 1024,
                3000L * 1024,
                3500L * 1024,
                111L,
                30L,
                5L,
                6L));
  }

  @Test
  void diagnostics_withoutBalloonOrOfAnotherDriver_leaveNull() throws IOException {
    Usage withoutBalloon =
        Usage.read(json("{'cpu0_time': 5, 'memory': 1024, 'memory-rss': 512}"), AT);
    assertThat(withoutBalloon.memoryUsedBytes()).isNull();
    assertThat(withoutBalloon.hostMemoryBytes()).isEqualTo(512L * 1024);
    assertThat(Usage.read(json("{'something': 'else', 'cpu0_time': null}"), AT).isTelling())
        .isFalse();
  }

  @Test
  void counters_thatFell_giveNoRateAtAll() throws IOException {
    Rates rates = new Rates();
    Instance guest = instance("{'id': 'a', 'status': 'ACTIVE', 'updated': '2026-03-02T09:00:00Z'}");
    rates.of(guest, usage(AT, 10_000_000_000L, 1000));

    Rates.Rate steady = rates.of(guest, usage(AT.plusSeconds(60), 40_000_000_000L, 7000));
    assertThat(steady.seconds()).isEqualTo(60);
    assertThat(steady.cpuRatio()).isCloseTo(0.5, within(1e-9));
    assertThat(steady.received()).isCloseTo(100, within(1e-9));

    assertThat(rates.of(guest, usage(AT.plusSeconds(120), 50_000_000_000L, 10)))
        .isEqualTo(Rates.Rate.UNKNOWN);
    Instance rebooted =
        instance("{'id': 'a', 'status': 'ACTIVE', 'updated': '2026-03-02T10:02:30Z'}");
    assertThat(rates.of(rebooted, usage(AT.plusSeconds(180), 90_000_000_000L, 9000)))
        .isEqualTo(Rates.Rate.UNKNOWN);
    assertThat(rates.of(rebooted, usage(AT.plusSeconds(180), 90_000_000_000L, 9000)))
        .isEqualTo(Rates.Rate.UNKNOWN);
  }

  private static Usage usage(Instant at, long cpu, long received) {
    return new Usage(at, 1, cpu, null, null, null, null, null, received, null);
  }

  @ParameterizedTest
  @CsvSource({
    "https://c/compute/v2.1, https://c/compute/v2.1/",
    "https://c:8774/v2.1/5f1e, https://c:8774/v2.1/",
    "https://c:8774, https://c:8774/"
  })
  void versionRoot_endsWithTheVersion(String endpoint, String root) {
    assertThat(Catalog.versionRoot(URI.create(endpoint))).hasToString(root);
  }

  @ParameterizedTest
  @CsvSource({"2.1, 2.53, 2.53", "2.1, 2.87, 2.87", "2.1, 2.96, 2.87", "2.88, 2.100, 2.88"})
  void microversion_isTheBestThatBothKnow(String oldest, String newest, String chosen)
      throws Exception {
    ComputeVersions versions =
        ComputeVersions.read(
            json("{'version': {'min_version': '%s', 'version': '%s'}}".formatted(oldest, newest)),
            "here");

    assertThat(versions.chosen()).hasToString(chosen);
    assertThat(versions.hasHypervisorNumbers()).isEqualTo(!oldest.equals("2.88"));
  }

  @Test
  void instance_ofACellThatIsDown_isUnknown() throws IOException {
    Instance instance = instance("{'id': 'a', 'status': 'UNKNOWN', 'tenant_id': 'p', 'links': []}");
    assertThat(instance.name()).isNull();
    assertThat(instance.isRunning()).isFalse();
  }

  @Test
  void instance_thatBootsFromAVolume_hasNoRootDiskOfItsFlavor() throws IOException {
    String text =
        "{'id': 'a', 'status': 'ACTIVE', 'image': %s, 'flavor': {'vcpus': 2, 'ram': 512, 'disk': 20,"
            + " 'ephemeral': 1}}";
    assertThat(instance(text.formatted("''")).flavorDiskBytes()).isEqualTo(1L << 30);
    assertThat(instance(text.formatted("{'id': 'i'}")).flavorDiskBytes()).isEqualTo(21L << 30);
  }

  @Test
  void list_tellsItsNextPage_andRefusesWhatIsNone() throws IOException {
    List<ServerShape> taken = new ArrayList<>();
    String next =
        Json.<ServerShape>list(
            stream(
                "{'servers': [{'id': 'a'}], 'servers_links': [{'rel': 'next', 'href': 'http://x/servers?marker=a'}]}"),
            "servers",
            Json.reader(ServerShape.class),
            taken::add);

    assertThat(next).isEqualTo("http://x/servers?marker=a");
    assertThat(taken).hasSize(1);
    assertThatThrownBy(() ->
            Json.<ServerShape>list(
                stream("{'error': {}}"), "servers", Json.reader(ServerShape.class), taken::add))
        .hasMessageContaining("`servers` is missing");
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'forbidden': {'code': 403, 'message': 'Policy says no.'}} | Policy says no.",
        "{'error': {'code': 401, 'message': 'Who are you?', 'title': 'Unauthorized'}} | Who are you?",
        "{'errors': [{'status': 403, 'title': 'Forbidden', 'detail': 'Denied.'}]} | Denied.",
        "{'message': 'x<br /><br />', 'code': '404 Not Found', 'title': 'Not Found'} | Not Found",
        "<html>proxy</html> | phrase"
      })
  void errorText_isFoundInEachServicesShape(String body, String text) {
    assertThat(ErrorText.of(stream(body), "phrase")).isEqualTo(text);
  }

  @Test
  void times_withoutAZone_areUtc() {
    assertThat(Json.time("2026-03-02T10:00:00.000000")).isEqualTo(AT);
    assertThat(Json.time("2026-03-02T10:00:00Z")).isEqualTo(AT);
    assertThat(Json.time("soon")).isNull();
  }
}
