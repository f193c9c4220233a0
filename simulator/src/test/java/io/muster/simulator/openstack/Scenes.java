package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.VmState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a cloud into the state in which something was recorded, and asks it as it was asked then.
 * Names of recordings say which state that was.
 */
final class Scenes implements AutoCloseable {
  private static final Pattern DOWN = Pattern.compile("down-([a-z]+)-.*");
  private static final Map<String, String> SERVICES =
      Map.of(
          "keystone", "identity",
          "neutron", "network",
          "glance", "image",
          "placement", "placement");

  private static final String SERVERS = "/compute/v2.1/servers";

  private final SimulatedOpenStack cloud;
  private final RecordedIds ids;
  private final Instance acted;
  private final CloudClient admin;
  private final CloudClient member;
  private final CloudClient reader;
  private final List<CloudClient> others = new ArrayList<>();

  Scenes(SimulatedOpenStack cloud) {
    this.cloud = cloud;
    List<Instance> own =
        cloud.world().cloud().living().stream()
            .filter(each -> each.state().vm() == VmState.ACTIVE)
            .filter(each -> each.spec().project().equals(demo()))
            .sorted(Comparator.comparingInt((Instance each) -> -each.spec().number()))
            .toList();
    cloud.world().machines().reset(own.get(0), false);
    cloud.world().builds().breakDown(own.get(1), "The driver refused to spawn it");
    this.ids = new RecordedIds(cloud);
    this.acted = ids.acted();
    this.admin = CloudClient.admin(cloud);
    this.member = CloudClient.member(cloud);
    this.reader = CloudClient.of(cloud, cloud.accounts().reader(), demo());
  }

  RecordedIds ids() {
    return ids;
  }

  private String demo() {
    return cloud.world().cloud().projects().get(1).id();
  }

  /** What the simulator answers where that was recorded. */
  CloudClient.Answer play(Recording recording) {
    String name = recording.name();
    Map<String, String> headers = new HashMap<>(recording.headers());
    CloudClient client = client(name, recording.path(), headers);
    before(name);
    try {
      return client.send(
          recording.method(),
          ids.translated(recording.path()).replace(" ", "%20"),
          body(recording),
          headers);
    } finally {
      after();
    }
  }

  private CloudClient client(String name, String path, Map<String, String> headers) {
    if (name.contains("-401-")) {
      CloudClient nobody = other(new CloudClient(cloud));
      if (!name.contains("no-token")) {
        // Over is over, whether revoked or expired.
        headers.put("X-Auth-Token", name.contains("bogus") ? "bogus" : revoked());
      }
      return nobody;
    }
    if (name.matches("ks-token-(validate|revoke)")) {
      headers.put("X-Subject-Token", other(CloudClient.member(cloud)).token());
      return admin;
    }
    if (name.startsWith("ks-token-") || name.startsWith("ks-400-")) {
      return other(new CloudClient(cloud));
    }
    if (name.startsWith("down-keystone-") && !name.endsWith("-cached")) {
      // Its token was seen by nobody yet.
      return other(CloudClient.admin(cloud));
    }
    if (name.startsWith("reader") || name.contains("-reader-")) {
      return reader;
    }
    boolean isMembers =
        name.startsWith("member")
            || name.contains("-member")
            || name.matches("server-create|403-quota")
            || (path.contains(RecordedIds.ACTED) && !name.matches(".*(admin-|resetState-[ae]).*"));
    return isMembers ? member : admin;
  }

  private CloudClient other(CloudClient client) {
    others.add(client);
    return client;
  }

  private String revoked() {
    CloudClient client = other(CloudClient.admin(cloud));
    String path = "/identity/v3/auth/tokens";
    client.send("DELETE", path, "", Map.of("X-Subject-Token", client.token()));
    return client.token();
  }

  private void before(String name) {
    ids.put(RecordedIds.ACTED, acted.id());
    ids.put(RecordedIds.ACTED_BY_ADMIN, acted.id());
    restore(ids.live());
    restore(acted);
    Matcher down = DOWN.matcher(name);
    if (down.matches()) {
      cloud.faults().add("down,service=" + SERVICES.get(down.group(1)));
    } else if (name.startsWith("hang-compute-")) {
      hang(name);
    } else if (name.startsWith("hypervisor-") && name.contains("-cn4-")) {
      isKnownDown(ids.deadHost());
    } else if (name.startsWith("action-")) {
      beforeAction(name);
    } else {
      beforeReading(name);
    }
  }

  private void hang(String name) {
    String host = String.valueOf(ids.live().state().host());
    cloud.faults().add("hung-compute,host=" + host);
    if (!name.matches(".*(-early|-diagnostics|-stop)")) {
      isKnownDown(host);
    }
    if (name.endsWith("-server-after-stop")) {
      admin.act(ids.live().id(), "{\"os-stop\": null}");
    }
  }

  private void isKnownDown(String host) {
    cloud.faults().add("hung-compute,host=" + host);
    cloud.world().compute(host).forceDown(true);
  }

  private void beforeAction(String name) {
    switch (name) {
      case "action-os-start",
          "action-os-start-3",
          "action-409-pause-stopped",
          "action-409-stop-stopped",
          "action-409-suspend-stopped",
          "action-console-stopped",
          "action-reboot-soft-stopped-409" ->
          acted(VmState.STOPPED, PowerState.SHUTDOWN);
      case "action-unpause" -> acted(VmState.PAUSED, PowerState.PAUSED);
      case "action-resume" -> acted(VmState.SUSPENDED, PowerState.SHUTDOWN);
      case "action-unshelve" -> acted(VmState.SHELVED_OFFLOADED, PowerState.SHUTDOWN);
      case "action-stop-in-error" -> acted(VmState.ERROR, PowerState.RUNNING);
      case "action-revertResize" -> {
        acted(VmState.RESIZED, PowerState.RUNNING);
        acted.change(draft -> draft.before(acted.state().flavor()));
      }
      case "action-409-stop-locked-by-admin", "action-403-unlock-other", "action-admin-unlock" ->
          acted.change(draft -> draft.lock(Lock.ADMIN));
      case "action-member-stop-locked-self", "action-unlock" ->
          acted.change(draft -> draft.lock(Lock.OWNER));
      case "action-forceDelete" -> ids.put(RecordedIds.ACTED_BY_ADMIN, made());
      default -> {}
    }
  }

  private void beforeReading(String name) {
    switch (name) {
      case "server-show-just-created" -> ids.put(RecordedIds.ACTED, begun());
      case "server-show-stopping" -> member.act(acted.id(), "{\"os-stop\": null}");
      case "server-delete" -> ids.put(RecordedIds.ACTED, made());
      case "server-delete-again" -> {
        // Its host takes its time, so it is still there.
        String id = made();
        Instance machine = cloud.world().machine(id);
        cloud.faults().add("hung-compute,host=" + machine.state().host());
        delete(id);
      }
      case "server-show-deleted-404" -> {
        String id = made();
        delete(id);
        Eventually.holds(() -> assertThat(member.get(SERVERS + "/" + id).status()).isEqualTo(404));
      }
      case "after-hang-server" ->
          ids.live().change(draft -> draft.settle(VmState.STOPPED, PowerState.SHUTDOWN));
      case "image-of-snapshot" -> {
        ids.put(RecordedIds.SNAPSHOT, snapshot());
        member.awaitStatus(acted.id(), "ACTIVE");
      }
      case "image-of-snapshot-stock" -> ids.put(RecordedIds.QUEUED_SNAPSHOT, snapshot());
      default -> {}
    }
  }

  private void acted(VmState vm, PowerState power) {
    acted.change(draft -> draft.settle(vm, power));
  }

  private static void restore(Instance machine) {
    machine.change(
        draft -> draft.settle(VmState.ACTIVE, PowerState.RUNNING).lock(Lock.NONE).before(null));
    InstanceState state = machine.state();
    if (state.booted() == null) {
      machine.change(draft -> draft.booted(state.launched()));
    }
  }

  private String begun() {
    return member
        .post(
            SERVERS,
            """
            {"server": {"name": "act-member", "imageRef": "%s", "flavorRef": "1"}}\
            """
                .formatted(ids.image().id()))
        .json()
        .at("/server/id")
        .asText();
  }

  private String made() {
    String id = begun();
    member.awaitStatus(id, "ACTIVE");
    return id;
  }

  private void delete(String id) {
    ids.put(RecordedIds.ACTED, id);
    member.send("DELETE", SERVERS + "/" + id, "", Map.of());
  }

  private String snapshot() {
    return member
        .send(
            "POST",
            SERVERS + "/" + acted.id() + "/action",
            "{\"createImage\": {\"name\": \"snap\"}}",
            Map.of("X-OpenStack-Nova-API-Version", "2.45"))
        .json()
        .path("image_id")
        .asText();
  }

  private void after() {
    cloud.faults().removeAll();
    cloud.world().cloud().computes().forEach(compute -> compute.forceDown(false));
    others.forEach(CloudClient::close);
    others.clear();
  }

  /** As it was sent, with the secrets of this cloud. */
  private String body(Recording recording) {
    String text = ids.translated(recording.bodyText());
    if (recording.name().equals("403-quota")) {
      // The member's quota here is large.
      return text.replace("\"flavorRef\":\"3\"", "\"flavorRef\":\"9\"");
    }
    JsonNode identity = recording.body().path("auth").path("identity");
    if (identity.isMissingNode()) {
      return text;
    }
    String user = identity.at("/password/user/name").asText();
    Account account = cloud.accounts().named(user);
    String credential = identity.at("/application_credential/id").asText();
    return text.replace("***token***", other(CloudClient.member(cloud)).token())
        .replace("\"secret\":\"***\"", "\"secret\":\"" + secret(ids.translated(credential)) + "\"")
        .replace("***", account == null ? "nobody's" : account.password())
        .replace(
            "\"project\":{\"name\":\"demo\"",
            "\"project\":{\"name\":\"" + cloud.world().cloud().projects().get(1).name() + "\"");
  }

  private String secret(String credential) {
    var found = cloud.accounts().credential(credential);
    return found == null ? "none" : found.secret();
  }

  @Override
  public void close() {
    admin.close();
    member.close();
    reader.close();
  }
}
