package io.muster.cli.local;

import io.muster.cli.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs where: one table for people, {@link Endpoints} for scripts. */
final class Summary {
  private final Screen screen;
  private final StateFolder state;
  private final Table table = new Table("WHAT", "WHERE", "USER / PASSWORD", "PROCESS", "LOG");

  private final List<String> more = new ArrayList<>();

  Summary(Screen screen, StateFolder state) {
    this.screen = screen;
    this.state = state;
  }

  void addQuestDb(QuestDbProcess questDb) {
    var login = questDb.user() + " / " + questDb.password().reveal();
    add("QuestDB", questDb.httpUrl().toString(), login, questDb.process());
    var readOnly = questDb.readOnlyUser() + " / " + questDb.readOnlyPassword().reveal();
    addAddress("SELECT only", "postgresql://" + questDb.pgAddress() + "/qdb", readOnly);
  }

  void add(String what, String where, String login, ManagedProcess process) {
    table.add(what, where, login, String.valueOf(process.pid()), process.spec().log().toString());
  }

  /** One more address of the process above. */
  void addAddress(String what, String where, String login) {
    table.add("  " + what, where, login, "", "");
  }

  void addAgent(AgentProgram agent) {
    add("Agent", agent.url() + "/state", "", agent.process());
  }

  /**
   * Who may sign in there.
   *
   * @param login user and password, or where that stands
   */
  void addControl(ControlProgram control, String login) {
    add("Control API", control.url(), login, control.process());
    addAddress("health", control.healthUrl(), "");
    more.add(
        "Sign in: ./muster login " + control.url() + " --user " + ControlProgram.ADMINISTRATOR);
  }

  void addGrafana(Optional<GrafanaProgram> started) {
    started.ifPresentOrElse(
        grafana ->
            add(
                "Grafana",
                grafana.url(),
                grafana.user() + " / " + grafana.password().reveal(),
                grafana.process()),
        () ->
            table.add(
                "Grafana", "not started: docs/dashboards.md tells how to get it", "", "", ""));
  }

  /** Prints the table and writes {@link Endpoints#FILE}. */
  void show(Endpoints endpoints, @Nullable QuestDbProcess questDb) throws IOException {
    endpoints.write(state.path());
    var lines = new ArrayList<String>(List.of(""));
    lines.addAll(table.lines());
    lines.add("");
    lines.addAll(more);
    lines.add("The same for scripts: " + state.path().resolve(Endpoints.FILE));
    if (questDb != null) {
      lines.addAll(examples(questDb));
    }
    lines.add("Ctrl-C ends all of it.");
    lines.add("");
    lines.forEach(screen::line);
  }

  private static List<String> examples(QuestDbProcess questDb) {
    return List.of(
        "Try:",
        "  curl -G -u %s:%s %s/exec --data-urlencode 'query=SELECT * FROM node_now'"
            .formatted(questDb.user(), questDb.password().reveal(), questDb.httpUrl()),
        "  PGPASSWORD=%s psql 'postgresql://%s@%s/qdb' -c 'SELECT type, status, count() FROM vm_now GROUP BY type, status'"
            .formatted(
                questDb.readOnlyPassword().reveal(), questDb.readOnlyUser(), questDb.pgAddress()));
  }
}
