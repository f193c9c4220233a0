package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("samples")
final class SchemaRoutesTest {
  @ParameterizedTest
  @EnumSource(PveVersion.class)
  void handlers_areMethodsOfTheRealSchema(PveVersion version) throws Exception {
    String folder = System.getProperty("muster.samples", "");
    assumeTrue(
        !folder.isBlank(),
        "Not run: give the folder with the recorded samples as -Dmuster.samples=FOLDER");
    Path file = Path.of(folder, "proxmox", "api-schema-" + version.release() + ".json");
    JsonNode paths = new ObjectMapper().readTree(file.toFile()).get("paths");
    Asked asked = CustomWorlds.small(version, new Asked.Clock(), TaskPace.REAL);
    List<String> unknown =
        asked.world().handlers().keySet().stream()
            .filter(route -> {
              String[] parts = route.split(" ", 2);
              return !paths.path(parts[1]).has(parts[0]);
            })
            .toList();
    assertThat(unknown).isEmpty();
  }
}
