package io.muster.simulator.openstack;

import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.VmState;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands here for what was recorded there. */
final class RecordedIds {
  /** Made and acted upon by the member. */
  static final String ACTED = "5d36aaf4-dd6a-4198-ae5b-8d22a6b229d9";

  /** Made and acted upon by the administrator. */
  static final String ACTED_BY_ADMIN = "34a08a59-3239-4f3d-81e2-345671357e73";

  static final String SNAPSHOT = "9778caba-0cb8-4714-b4af-da1c59f8a95c";
  static final String QUEUED_SNAPSHOT = "d82cfc14-215b-4883-8e25-7c2923155926";

  private final Cloud cloud;
  private final Instance live;
  private final Instance acted;
  private final Map<String, String> all = new HashMap<>();

  RecordedIds(SimulatedOpenStack simulated) {
    cloud = simulated.world().cloud();
    String demo = cloud.projects().get(1).id();
    List<Instance> running =
        machines(each ->
            each.state().vm() == VmState.ACTIVE && isOf(demo).test(each) && isUnlocked(each));
    live = running.get(0);
    acted = running.get(1);
    all.put("e9f81fe72f994d73baa8288816ec94b1", cloud.projects().getFirst().id());
    all.put("48475e1820be4fe6bf34ceda707bfb46", demo);
    all.put("fabf7734207b47dcbefc53b0c9496808", simulated.accounts().adminCredential().id());
    all.put("788428d702af487f87d4b314b901cafb", simulated.accounts().memberCredential().id());
    all.put("0071de21-cbc3-470d-b25f-6830a711d9e6", image().id());
    all.put("1876dbfe-5c51-4611-96eb-c2400f77937d", cloud.network().id());
    hosts(String.valueOf(live.state().host()));
    // live-1, live-4 and, on a driver that tells less, web-1.
    all.put("07ce463d-7b90-4a61-b922-4c3e38d2502b", live.id());
    all.put("7f491031-63a8-416f-8ee5-dc265abbba0f", live.id());
    all.put("9f92c67a-b1bd-470b-87f0-b34c90566b88", live.id());
    all.put(ACTED, acted.id());
    all.put(ACTED_BY_ADMIN, acted.id());
    all.put("bd566399-de06-4eeb-8a10-9f003ced489c", onDisabledHost());
    all.put(
        "4bb84c5d-9243-4fc2-a670-176f849d7c8f",
        in(VmState.ERROR, each -> each.state().fault() == null));
    all.put("de287ca9-e50f-424f-978c-8fa895c9f2c5", in(VmState.STOPPED, each -> true));
    all.put("f41d8cb9-f722-45e2-b76c-c9af2193218b", in(VmState.PAUSED, each -> true));
    all.put("2359e202-65e8-4fcd-9012-cf2fb4fbf000", in(VmState.SHELVED_OFFLOADED, each -> true));
    all.put("659dcaf1-44ff-4a84-8849-70dc1596f9ee", in(VmState.BUILDING, each -> true));
    all.put(
        "99c6575f-2a34-4f74-b2e0-6c87f079aaff",
        in(VmState.ERROR, each -> each.state().host() == null));
    // A stopped one of the member, with the list of its actions.
    all.put("fe4206e8-502b-4f5e-bcce-af18d1961e50", in(VmState.STOPPED, isOf(demo)));
    all.put("5869359f-940d-4423-9abf-851831b93e17", in(VmState.ACTIVE, isOf(demo).negate()));
    all.put("4d58b369-ace3-4f8c-9152-6c2f24b3ba95", cloud.instances().get(4).id());
  }

  /** cn3 is the host of what is alive; the others are others. */
  private void hosts(String alive) {
    List<String> recorded = List.of("cn1", "cn4", "cn2");
    List<String> ids =
        List.of(
            "3226aeef-c511-4da6-b3bc-1f0caa968296",
            "7724457f-dcb9-47af-a7bb-c1d787388091",
            "a17ebe30-dd35-4ca0-81c5-dade4a370908");
    List<Integer> numbers = List.of(3, 4, 1);
    int next = 0;
    for (Compute compute : cloud.computes()) {
      if (compute.host().name().equals(alive)) {
        host("cn3", "0ef31904-9cc8-447f-a9fb-e3c8e11d25cf", 2, compute);
      } else if (next < recorded.size()) {
        host(recorded.get(next), ids.get(next), numbers.get(next), compute);
        next++;
      }
    }
  }

  private void host(String name, String id, int number, Compute compute) {
    all.put(name + ".ostb.test", compute.host().name());
    all.put("/" + name + "/", "/" + compute.host().name().replaceFirst("\\..*", "") + "/");
    all.put(id, compute.host().id());
    all.put("os-hypervisors/" + number, "os-hypervisors/" + compute.host().number());
    all.put("Invalid uuid " + number, "Invalid uuid " + compute.host().number());
  }

  /** A running machine of the member, with a volume. */
  Instance live() {
    return live;
  }

  /** Another one. */
  Instance acted() {
    return acted;
  }

  private static boolean isUnlocked(Instance machine) {
    return machine.state().lock() == Lock.NONE;
  }

  Image image() {
    return cloud.images().stream().min(Comparator.comparing(Image::name)).orElseThrow();
  }

  /** The host that {@code cn4} stands for: dead there. */
  String deadHost() {
    return String.valueOf(all.get("cn4.ostb.test"));
  }

  private static Predicate<Instance> isOf(String project) {
    return machine -> machine.spec().project().equals(project);
  }

  private String onDisabledHost() {
    return in(
        VmState.ACTIVE,
        each -> {
          Compute compute = cloud.compute(each.state().host());
          return compute != null && !compute.isEnabled();
        });
  }

  private String in(VmState vm, Predicate<Instance> which) {
    return machines(each -> each.state().vm() == vm && which.test(each)).getFirst().id();
  }

  private List<Instance> machines(Predicate<Instance> which) {
    return cloud.living().stream()
        .filter(which)
        .sorted(Comparator.comparingInt((Instance each) -> each.spec().number()))
        .toList();
  }

  /** From now on this stands for that. */
  void put(String recorded, String simulated) {
    all.put(recorded, simulated);
  }

  /** A text of the recording as it is here. */
  String translated(String text) {
    Pattern any =
        Pattern.compile(
            all.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?:", ")(?![0-9a-f])")));
    return any.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(all.getOrDefault(found.group(), "")));
  }
}
