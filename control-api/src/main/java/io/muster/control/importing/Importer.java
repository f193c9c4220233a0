package io.muster.control.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.caller.Caller;
import io.muster.control.importing.Certificates.Seen;
import io.muster.control.server.BulkEditor;
import io.muster.control.server.Proposal;
import io.muster.control.server.Proposal.Outcome;
import io.muster.control.server.Proposal.Refused;
import io.muster.control.server.Proposal.Taken;
import io.muster.protocol.inventory.FieldProblem;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes up a file's entries, or shows what that would do. */
@Singleton
final class Importer {
  private final BulkEditor editor;
  private final Certificates certificates;

  Importer(BulkEditor editor, Certificates certificates) {
    this.editor = editor;
    this.certificates = certificates;
  }

  /** Changes nothing; looks at each server's certificate. */
  ImportAnswer preview(Caller caller, ImportFile file, boolean update) {
    List<ImportRow> sound = sound(file);
    List<Proposal> proposals = editor.preview(caller, entries(sound), update);
    Map<Integer, Proposal> byIndex = byIndex(sound, proposals);
    Map<Integer, Seen> seen = certificates.look(taken(byIndex));
    byIndex.putAll(unsound(caller, file, update));
    return new AnswerMaker(file, byIndex, seen).make(true);
  }

  /**
   * Takes up what can be.
   *
   * @param trust which certificates that are seen and not trusted become pins; null = none
   */
  ImportAnswer apply(Caller caller, ImportFile file, boolean update, @Nullable TrustSeen trust) {
    List<ImportRow> sound = sound(file);
    List<ObjectNode> entries = entries(sound);
    Map<Integer, Seen> seen = new HashMap<>();
    Map<Integer, Proposal> refused = new HashMap<>();
    if (trust != null) {
      Map<Integer, Taken> looked = taken(byIndex(sound, editor.preview(caller, entries, update)));
      seen.putAll(certificates.look(looked));
      Map<Integer, List<String>> pins = new HashMap<>();
      looked.forEach(
          (index, taken) -> pins.put(index, seen.getOrDefault(index, Seen.NOTHING).pins(taken)));
      pins.forEach((index, ofRow) -> {
        Refused refusal = trust.refusal(ofRow);
        if (refusal != null) {
          refused.put(index, refusal);
        }
      });
      sound = sound.stream().filter(row -> !refused.containsKey(row.index())).toList();
      entries = pinned(sound, pins);
    }
    Map<Integer, Proposal> byIndex = byIndex(sound, editor.apply(caller, entries, update));
    byIndex.putAll(refused);
    byIndex.putAll(unsound(caller, file, update));
    return new AnswerMaker(file, byIndex, seen).make(false);
  }

  /** All that is wrong with the entries that some of it keeps from being one at all. */
  private Map<Integer, Proposal> unsound(Caller caller, ImportFile file, boolean update) {
    List<ImportRow> rows = file.rows().stream().filter(row -> !row.problems().isEmpty()).toList();
    if (rows.isEmpty()) {
      return Map.of();
    }
    List<Proposal> proposals = editor.preview(caller, entries(rows), update);
    Map<Integer, Proposal> unsound = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      List<FieldProblem> problems = new ArrayList<>(rows.get(i).problems());
      if (proposals.get(i) instanceof Refused refused && refused.code().equals("invalid")) {
        problems.addAll(refused.problems());
      }
      unsound.put(rows.get(i).index(), new Refused("invalid", problems));
    }
    return unsound;
  }

  private static List<ObjectNode> pinned(List<ImportRow> rows, Map<Integer, List<String>> pins) {
    List<ObjectNode> entries = new ArrayList<>();
    for (ImportRow row : rows) {
      ObjectNode entry = row.entry().deepCopy();
      List<String> ofRow = pins.getOrDefault(row.index(), List.of());
      if (!ofRow.isEmpty()) {
        ArrayNode fingerprints = entry.putArray("fingerprints");
        ofRow.forEach(fingerprints::add);
      }
      entries.add(entry);
    }
    return entries;
  }

  private static List<ImportRow> sound(ImportFile file) {
    return file.rows().stream().filter(row -> row.problems().isEmpty()).toList();
  }

  private static List<ObjectNode> entries(List<ImportRow> rows) {
    return rows.stream().map(ImportRow::entry).toList();
  }

  private static Map<Integer, Proposal> byIndex(List<ImportRow> rows, List<Proposal> proposals) {
    Map<Integer, Proposal> byIndex = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byIndex.put(rows.get(i).index(), proposals.get(i));
    }
    return byIndex;
  }

  /** Those that are not there already as they are. */
  private static Map<Integer, Taken> taken(Map<Integer, Proposal> proposals) {
    Map<Integer, Taken> taken = new TreeMap<>();
    proposals.forEach((index, proposal) -> {
      if (proposal instanceof Taken one && one.outcome() != Outcome.UNCHANGED) {
        taken.put(index, one);
      }
    });
    return taken;
  }
}
