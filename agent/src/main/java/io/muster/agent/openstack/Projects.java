package io.muster.agent.openstack;

import io.muster.agent.openstack.Shapes.ProjectShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of projects; of the own one always, of others where the account may list them. */
final class Projects {
  private final Session session;
  private final Parts parts;
  private volatile Map<String, String> names = Map.of();

  Projects(Session session, Parts parts) {
    this.session = session;
    this.parts = parts;
  }

  void refresh(Round round) throws CallException, InterruptedException {
    Token token = session.token(round.deadline(), round.calls());
    Map<String, String> read = new LinkedHashMap<>();
    read.put(token.projectId(), token.projectName());
    if (names.isEmpty()) {
      names = Map.copyOf(read);
    }
    parts.run(
        Part.PROJECTS,
        round.at(),
        () -> {
          session.<ProjectShape>list(
              Service.IDENTITY,
              "/projects",
              null,
              "projects",
              Json.reader(ProjectShape.class),
              project -> {
                if (project.id() != null && project.name() != null) {
                  read.put(project.id(), project.name());
                }
              },
              round.deadline(),
              round.calls());
          names = Map.copyOf(read);
        });
  }

  /** Somebody has a project that was made since. */
  void missing(Collection<Instance> instances, Round round) {
    Map<String, String> known = names;
    boolean unknown =
        instances.stream()
            .anyMatch(
                instance -> instance.project() != null && !known.containsKey(instance.project()));
    if (unknown) {
      parts.hurry(Part.PROJECTS, round.at());
    }
  }

  Map<String, String> names() {
    return names;
  }

  /** The id where the name is not known. */
  @Nullable String name(@Nullable String id) {
    return id == null ? null : names.getOrDefault(id, id);
  }
}
