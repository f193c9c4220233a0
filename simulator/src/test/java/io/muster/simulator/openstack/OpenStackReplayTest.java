package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sends the recorded calls of a real cloud to the simulator and compares status, headers, members
 * with their types, and the words of errors. What differs and why stands in {@code
 * known-differences.json}, and nowhere else.
 */
@Tag("samples")
class OpenStackReplayTest {
  @Test
  void everyRecordedCall_isAnsweredAlike() throws IOException {
    String samples = System.getProperty("muster.samples", "");
    assumeTrue(
        !samples.isBlank(),
        "Not run: give the folder of recordings with -Dmuster.samples=FOLDER (docs/testing.md)");
    List<Recording> recordings = Recording.all(Path.of(samples, "openstack"));
    Map<String, Set<String>> found = new TreeMap<>();
    try (SimulatedOpenStack cloud =
            SimulatedOpenStack.start(
                OpenStackSettings.forTests(5, 40)
                    .troubles(true)
                    .rpcTimeout(Duration.ofMillis(100))
                    .build());
        Scenes scenes = new Scenes(cloud)) {
      for (Recording recording : recordings) {
        Set<String> differences =
            Differences.of(recording.response(), scenes.play(recording), scenes.ids());
        if (!differences.isEmpty()) {
          found.put(recording.name(), differences);
        }
      }
    }
    System.out.println("Replayed " + recordings.size() + " recordings of OpenStack");
    assertThat(recordings).isNotEmpty();
    KnownDifferences known = KnownDifferences.read();
    assertThat(known.missing(found)).as("differences that are not listed").isEmpty();
    assertThat(known.gone(found)).as("listed differences that are none").isEmpty();
  }
}
