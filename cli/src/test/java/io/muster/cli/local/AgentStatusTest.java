package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentStatusTest {
  private static final String STATE =
      """
      {"servers":[
        {"name":"a","status":"up","lagMs":3.4,"lastSuccessAgeSeconds":2.2,
         "lastPoll":{"nodesOnline":2,"nodesTotal":3}},
        {"name":"b","status":"down","lagMs":7.6,"lastSuccessAgeSeconds":null,"lastPoll":null}],
       "writer":{"connected":true,"problem":null,"rowsWritten":1234}}
      """;

  @Test
  void read_putsAllInOneLine() {
    assertThat(AgentStatus.read(STATE, 24L).line())
        .isEqualTo(
            "servers 1/2 ok · nodes 2/3 online · VMs 24 · rows 1234 written · lag 8 ms · last poll 2 s ago");
  }

  @Test
  void read_saysWhenQuestDbIsAway_andNeverTakesUnknownForZero() {
    var away =
        STATE.replace(
            "\"connected\":true,\"problem\":null", "\"connected\":false,\"problem\":\"refused\"");
    assertThat(AgentStatus.read(away, null).line())
        .contains("QuestDB is not reached")
        .contains("VMs ?");
  }

  @Test
  void health_changesWithServersAndNodes_notWithEveryRow() {
    var before = AgentStatus.read(STATE, 24L).health();
    assertThat(AgentStatus.read(STATE.replace("1234", "1300"), 25L).health()).isEqualTo(before);
    assertThat(
            AgentStatus.read(STATE.replace("\"nodesOnline\":2", "\"nodesOnline\":1"), 24L).health())
        .isNotEqualTo(before);
  }

  @Test
  void read_saysThatTheAgentIsSilentOrUnreadable() {
    assertThat(AgentStatus.read("", 1L).line()).isEqualTo("the agent does not answer");
    assertThat(AgentStatus.read("<html>", 1L).line()).contains("not readable");
  }
}
