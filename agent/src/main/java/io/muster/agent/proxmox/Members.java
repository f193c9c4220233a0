package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import io.muster.agent.proxmox.CallException.Reach;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The configured members. The one that answered last is asked first; the next when it fails. */
final class Members {
  private final List<Endpoint> urls;
  private volatile int current;

  Members(List<URI> urls) {
    this.urls = urls.stream().map(Endpoint::of).distinct().toList();
  }

  List<Endpoint> urls() {
    return urls;
  }

  /** The member that answered last; at first the first one. */
  Endpoint current() {
    return urls.get(current);
  }

  /**
   * Asks a question that every member can answer of its own.
   *
   * @throws CallException at once when no other member would answer otherwise; else when all failed
   */
  <T> T ask(Cycle cycle, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    List<CallException> failures = new ArrayList<>();
    int first = current;
    for (int tried = 0; tried < urls.size(); tried++) {
      int index = (first + tried) % urls.size();
      try {
        T answer =
            cycle.ask(urls.get(index), path, reader, share(cycle.deadline(), urls.size() - tried));
        current = index;
        return answer;
      } catch (CallException e) {
        if (e.reach() == Reach.EVERYWHERE || e.reach() == Reach.CALL) {
          throw e;
        }
        failures.add(e);
      }
    }
    throw all(failures);
  }

  /** A hung member must leave time for those after it. */
  private static Deadline share(Deadline deadline, int membersLeft) {
    return membersLeft <= 1
        ? deadline
        : deadline.atMost(deadline.remaining().dividedBy(membersLeft));
  }

  private static CallException all(List<CallException> failures) {
    CallException first = failures.getFirst();
    if (failures.size() == 1) {
      return first;
    }
    String message = String.join("; ", failures.stream().map(CallException::reason).toList());
    CallException all =
        new CallException(first.failure(), first.reach(), first.status(), message, first);
    failures.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }
}
