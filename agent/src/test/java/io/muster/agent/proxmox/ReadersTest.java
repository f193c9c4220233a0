package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Proxies;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers on answers in the real shape. */
final class ReadersTest {
  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode data(String json) throws IOException {
    return Json.data(body("{'data':" + json + "}"));
  }

  @Test
  void numbersAndFlags_areReadInBothForms() throws IOException {
    Resources resources =
        Resources.read(
            data(
                "[{'type':'node','node':'alpha','status':'online','maxcpu':'8'},"
                    + "{'type':'qemu','vmid':'101','node':'alpha','status':'running','uptime':'60',"
                    + "'template':'1','mem':'2147483648000','memhost':5,'tags':'a;b;a'}]"));
    Resources.Guest guest = resources.guests().getFirst();

    assertThat(resources.nodes().getFirst().measures().get(Metric.CPU_MAX)).isEqualTo(8);
    assertThat(guest.vmId()).isEqualTo("qemu:101");
    assertThat(guest.template()).isTrue();
    assertThat(guest.tags()).containsExactly("a", "b");
    assertThat(guest.hostMemoryBytes()).isEqualTo(5);
    assertThat(guest.measures().whole(Metric.MEM_USED)).isEqualTo(2147483648000L);
  }

  @Test
  void guestsOfANodeThatIsNotOnline_areUnknown() throws IOException {
    Resources resources =
        Resources.read(
            data(
                "[{'type':'node','node':'alpha','status':'offline'},"
                    + "{'type':'node','node':'beta','status':'online','hastate':'maintenance'},"
                    + "{'type':'lxc','vmid':7,'node':'alpha','status':'running','lock':'backup'},"
                    + "{'type':'qemu','vmid':8,'node':'beta','status':'prelaunch','pool':'p'}]"));
    var guests = StateMaker.guests(resources, new SlowFacts());

    assertThat(StatusWords.node(resources.nodes().get(0))).isEqualTo(NodeStatus.OFFLINE);
    assertThat(StatusWords.node(resources.nodes().get(1))).isEqualTo(NodeStatus.MAINTENANCE);
    assertThat(guests.get(0).status()).isEqualTo(VmStatus.UNKNOWN);
    assertThat(guests.get(0).lockedBy()).isNull();
    assertThat(guests.get(1).status()).isEqualTo(VmStatus.PENDING);
    assertThat(guests.get(1).statusDetail()).isEqualTo("prelaunch");
    assertThat(guests.get(1).group()).isEqualTo("p");
  }

  @Test
  void sharedStorage_isOneRowJudgedByANodeThatIsThere() throws IOException {
    Resources resources =
        Resources.read(
            data(
                "[{'type':'node','node':'alpha','status':'offline'},"
                    + "{'type':'node','node':'beta','status':'online'},"
                    + "{'type':'storage','storage':'nfs','node':'alpha','status':'available',"
                    + "'shared':1,'disk':1,'maxdisk':2,'plugintype':'nfs'},"
                    + "{'type':'storage','storage':'nfs','node':'beta','status':'available',"
                    + "'shared':1,'disk':3,'maxdisk':4,'plugintype':'nfs'},"
                    + "{'type':'storage','storage':'local','node':'beta','status':'unknown',"
                    + "'shared':0,'disk':0,'maxdisk':0,'plugintype':'dir'}]"));

    assertThat(StorageSamples.of(resources, Instant.EPOCH))
        .containsExactly(
            new StorageSample(
                Instant.EPOCH, "beta", "local", "dir", StorageSample.Status.UNKNOWN, null, null),
            new StorageSample(
                Instant.EPOCH, null, "nfs", "nfs", StorageSample.Status.AVAILABLE, 3L, 4L));
  }

  @Test
  void export_ofAnyKeyOrder_isRead() throws IOException {
    Export export =
        Export.read(
            body(
                "{'x':{'y':[1]},'data':{'data':["
                    + "{'value':'0.5','timestamp':1000,'metric':'cpu_current','id':'node/alpha',"
                    + "'type':'gauge','new':{}},"
                    + "{'id':'node/alpha','metric':'later','timestamp':1000,'value':1},"
                    + "{'id':'qemu/1','metric':'net_in','timestamp':0,'value':1}]}}"));

    assertThat(export.nodes()).containsExactly("alpha");
    assertThat(export.samples()).containsOnlyKeys("node/alpha");
    assertThat(export.newest()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{'data':{'data':7}}", "{'data':[]}", "{'data':{}}", "{'data':{'data':[1]}}"})
  void export_ofAnotherShape_isRefused(String json) {
    assertThatThrownBy(() -> Export.read(body(json))).isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void rrdStep_comesFromTheTimes() throws IOException {
    var rows =
        RrdRow.read(
            data(
                "[{'time':3600,'pressurecpusome':50},{'time':5400,'pressurecpusome':'25'},"
                    + "{'time':5460,'arcsize':7.6},{'time':5520}]"));

    assertThat(rows).extracting(RrdRow::stepSeconds).containsExactly(60, 1800, 60);
    assertThat(rows.get(1).pressureCpuRatio()).isEqualTo(0.25);
    assertThat(rows.get(2).zfsArcBytes()).isEqualTo(8);
  }

  @Test
  void privileges_mustReachEverything() throws IOException {
    String all = "{'Sys.Audit':1,'VM.Audit':1,'Datastore.Audit':1,'Pool.Audit':1}";
    Privileges auditor = Privileges.read(data("{'/':" + all + "}"));
    Privileges here = Privileges.read(data("{'/':{'Sys.Audit':1,'VM.Audit':0}}"));
    Privileges hidden = Privileges.read(data("{'/':" + all + ",'/vms/100':{'Sys.Audit':1}}"));

    assertThat(auditor.missing()).isEmpty();
    assertThat(auditor.seesAllVms()).isTrue();
    assertThat(auditor.seesAllNodes()).isTrue();
    assertThat(here.seesAllVms()).as("does not propagate").isFalse();
    assertThat(here.missing()).contains("VM.Audit on /", "Datastore.Audit on /");
    assertThat(hidden.seesAllVms()).isFalse();
    assertThat(hidden.missing()).containsExactly("VM.Audit on /vms/100");
    assertThat(hidden.sentences().getFirst()).contains("VM.Audit on /vms/100", "PVEAuditor");
  }

  @Test
  void haErrors_areCounted() throws IOException {
    assertThat(
            HaStatus.read(
                data(
                    "[{'type':'quorum'},{'type':'service','state':'error'},"
                        + "{'type':'service','state':'started'}]")))
        .isEqualTo(new HaStatus(1));
  }

  @Test
  void newestBackup_isKept() throws IOException {
    assertThat(
            BackupReader.newest(
                data("[{'vmid':1,'ctime':50},{'vmid':'1','ctime':70},{'vmid':1,'ctime':60}]")))
        .containsExactly(Map.entry("1", Instant.ofEpochSecond(70)));
  }

  @Test
  void proxies_areTheServersOwnElseTheEnvironments() {
    URI own = URI.create("http://own:1");
    Map<String, String> environment =
        Map.of("https_proxy", "proxy:3128", "NO_PROXY", "inside.example, 10.0.0.5,*.lab");
    Proxies proxies = new Proxies(null, environment);

    assertThat(new Proxies(own, environment).to("a.inside.example")).isEqualTo(own);
    assertThat(proxies.to("pve.example")).isEqualTo(URI.create("http://proxy:3128"));
    assertThat(proxies.to("a.inside.example")).isNull();
    assertThat(proxies.to("10.0.0.5")).isNull();
    assertThat(proxies.to("x.lab")).isNull();
    assertThat(proxies.to("127.0.10.3")).isNull();
  }

  @Test
  void releases_areCompared() throws IOException {
    Release seven = Release.read(data("{'version':'7.4-17'}"));
    Release nine = Release.read(data("{'version':'9.0.10'}"));

    assertThat(seven.atLeast(8, 3, 0)).isFalse();
    assertThat(nine.atLeast(9, 0, 8)).isTrue();
    assertThat(nine.atLeast(9, 1, 0)).isFalse();
  }
}
