package io.muster.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What must not cost a sample. Time is counted in generations: rounds of the nodes' status daemons.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT {
  /** Enough to hit each stage of a start, a poll and a flush. */
  private static final int KILLS = 20;

  /** What ten minutes are at the real period of 10 s. */
  private static final int TEN_MINUTES = 60;

  @TempDir(cleanup = ON_SUCCESS)
  Path folder;

  private Site site(String name) throws Exception {
    return Site.start(Site.Plan.of(name, folder));
  }

  @Case
  void questDbStopped() throws Exception {
    try (var site = site("QuestDB stopped")) {
      var watch = site.watch();
      site.questDb().stop();
      site.letPass(20);
      site.questDb().restart();
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  @Case
  void questDbKilledAtRandomMoments() throws Exception {
    try (var site = site("QuestDB killed")) {
      var chance = new Chance(site);
      var watch = site.watch();
      for (var time = 1; time <= KILLS / 2; time++) {
        chance.pause(Duration.ofSeconds(6));
        site.questDb().kill();
        chance.pause(Duration.ofSeconds(4));
        site.questDb().restart();
      }
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  @Case
  void questDbRefusesCutsFailsAndHangs() throws Exception {
    try (var site = site("QuestDB unwell")) {
      var watch = site.watch();
      for (var mode : new String[] {"refuse", "cut", "status&status=500", "hang"}) {
        site.relay().mode(mode);
        site.letPass(6);
        site.relay().mode("pass");
        site.letPass(2);
      }
      watch.verdict().holds();
    }
  }

  @Case
  void agentStopped() throws Exception {
    try (var site = site("agent stopped")) {
      var watch = site.watch();
      site.agent().stop();
      site.letPass(30);
      site.agent().start();
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  /** The other side of "no false removed": a true one is told, once. */
  @Case
  void guestDeletedWhileTheAgentIsStopped() throws Exception {
    try (var site = site("guest deleted")) {
      var watch = site.watch();
      site.agent().stop();
      site.cluster().control("DELETE", "/guests/101");
      site.letPass(5);
      site.agent().start();
      watch.awaitRemoved();
      assertThat(watch.verdict().removed()).singleElement().asString().endsWith("/101");
    }
  }

  @Case
  void agentKilledAtRandomMoments() throws Exception {
    try (var site = site("agent killed")) {
      var chance = new Chance(site);
      var watch = site.watch();
      for (var time = 1; time <= KILLS; time++) {
        chance.pause(Duration.ofSeconds(7));
        site.agent().kill();
        chance.pause(Duration.ofSeconds(2));
        site.agent().start();
      }
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  @Case
  void nodeHungForTenMinutes() throws Exception {
    try (var site = site("node hung")) {
      var watch = site.watch();
      var fault = site.cluster().fault("hung", "node=pve2");
      site.letPass(TEN_MINUTES);
      site.cluster().heal(fault);
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  /** What it had measured since the last poll went with its power; nobody is gone for it. */
  @Case
  void nodeSwitchedOffAndOn() throws Exception {
    try (var site = site("node switched off")) {
      var whole = site.watch();
      site.cluster().control("POST", "/nodes/pve2/stop");
      site.letPass(10);
      site.cluster().control("POST", "/nodes/pve2/start");
      var afterwards = site.watch();
      site.letPass(5);
      afterwards.verdict().holds();
      whole.verdictAsItIs().holdsButForLosses();
    }
  }

  @Case
  void countersReset() throws Exception {
    try (var site = site("counters reset")) {
      var watch = site.watch();
      site.letPass(3);
      site.cluster().fault("counter-reset", "node=pve1");
      site.cluster().fault("counter-reset", "vmid=101");
      site.letPass(5);
      watch.verdict().holds();
    }
  }

  @Case
  void agentAndQuestDbKilledAtRandomMoments() throws Exception {
    try (var site = site("both killed")) {
      var chance = new Chance(site);
      var watch = site.watch();
      for (var time = 1; time <= KILLS / 2; time++) {
        chance.pause(Duration.ofSeconds(4));
        site.questDb().kill();
        chance.pause(Duration.ofSeconds(4));
        site.agent().kill();
        chance.pause(Duration.ofSeconds(2));
        site.agent().start();
        chance.pause(Duration.ofSeconds(4));
        site.questDb().restart();
      }
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  @Case
  void agentKilledWhileANodeHangs() throws Exception {
    try (var site = site("node hung and agent killed")) {
      var watch = site.watch();
      var fault = site.cluster().fault("hung", "node=pve3");
      site.letPass(5);
      site.agent().kill();
      site.letPass(5);
      site.agent().start();
      site.letPass(10);
      site.cluster().heal(fault);
      site.letPass(3);
      watch.verdict().holds();
    }
  }

  @Case
  void countersResetAndAgentKilledWhileQuestDbHangs() throws Exception {
    try (var site = site("counters reset, agent killed, QuestDB hung")) {
      var watch = site.watch();
      site.relay().mode("hang");
      site.letPass(3);
      site.cluster().fault("counter-reset", "node=pve2");
      site.agent().kill();
      site.agent().start();
      site.letPass(8);
      site.relay().mode("pass");
      site.letPass(3);
      watch.verdict().holds();
    }
  }
}
