package io.muster.e2e.faults;

import io.muster.e2e.Wait;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A site, watched from a moment on: every sample since counts. */
final class Watch {
  /** A node that hung is left alone for minutes, and what was missed comes after that. */
  private static final Duration CATCH_UP = Duration.ofMinutes(5);

  private final Site site;
  private final long from = Instant.now().getEpochSecond();

  Watch(Site site) {
    this.site = site;
  }

  /**
   * The fault is over: waits until nothing of what was produced up to now is missing any more, with
   * a bound, and until nothing waits in the agent or in QuestDB; then looks at all of it.
   */
  Verdict verdict() throws IOException {
    var window = Window.sinceUntilNow(from);
    site.say("the fault is over");
    var last = new AtomicReference<>("QuestDB does not answer");
    try {
      Wait.until(CATCH_UP, () -> "nothing is lost: " + last, () -> nothingLost(window, last));
      site.say("nothing is missing");
    } catch (AssertionError stillMissing) {
      site.say(stillMissing.getMessage() + "\n" + site.agent().lastWords());
    }
    return settled(window);
  }

  /** Blocks until somebody is said to be removed: only a listing known to be whole says so. */
  void awaitRemoved() {
    Wait.until(
        CATCH_UP,
        () -> "somebody is removed; " + site.agent().lastWords(),
        () ->
            !Stored.read(site.questDb(), site.cluster().name(), Window.sinceUntilNow(from))
                .removed()
                .isEmpty());
  }

  /** Without waiting for what may come yet. */
  Verdict verdictAsItIs() throws IOException {
    return settled(Window.sinceUntilNow(from));
  }

  private Verdict settled(Window window) throws IOException {
    site.awaitQuiet();
    var verdict = look(window, Measured.read(site.cluster()));
    site.say(verdict.toString());
    return verdict;
  }

  /**
   * The same for clocks that were wrong: nothing is filled afterwards, so there is nothing to wait
   * for. Rows may stand as much as {@code lateness} seconds after their sample.
   */
  Verdict verdictOfSkewed(long lateness) throws IOException {
    var window = Window.sinceUntilNow(from);
    site.awaitQuiet();
    var future = new Window(from, window.to() + Duration.ofHours(1).toSeconds());
    var stored = Stored.read(site.questDb(), site.cluster().name(), future);
    var measured = Measured.read(site.cluster());
    var verdict = new SkewJudge(measured, lateness).verdict(stored, window);
    site.say(verdict.toString());
    return verdict;
  }

  private boolean nothingLost(Window window, AtomicReference<String> last) {
    try {
      var verdict = look(window, null);
      last.set(verdict.toString());
      return verdict.nothingLost();
    } catch (IOException notNow) {
      return false;
    }
  }

  private Verdict look(Window window, @Nullable Measured measured) throws IOException {
    var cluster = site.cluster();
    var stored = Stored.read(site.questDb(), cluster.name(), window);
    return new Judge(measured).verdict(cluster.produced(window), stored);
  }
}
