package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.JsonText;
import java.util.List;

/** The body of a request that holds a server. */
public final class EntryBody {
  private EntryBody() {}

  /** The object itself, without what is only answered. */
  public static ObjectNode parse(byte[] body) {
    JsonText json = JsonText.parse(body);
    if (!json.problems().isEmpty()) {
      throw ServerProblems.invalid(json.problems());
    }
    if (!(json.root() instanceof ObjectNode object)) {
      throw ServerProblems.invalid(
          List.of(new FieldProblem(null, "something else", "an object, {...}")));
    }
    return writable(object);
  }

  /** An entry as it was answered, without what can't be changed. */
  public static ObjectNode writable(ObjectNode entry) {
    return entry.deepCopy().remove(ServerView.READ_ONLY);
  }
}
