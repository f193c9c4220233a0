package io.muster.agent.openstack;

import io.muster.agent.openstack.Shapes.VolumeShape;
import io.muster.agent.provider.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened since the last poll. One thread at a time. */
final class News {
  /** More that broke at once have one cause. */
  private static final int MOST_FAULTS = 10;

  private final EventMaker events;
  private final Actions actions;

  News(Session session, Parts parts) {
    this.events = new EventMaker(session.region());
    this.actions = new Actions(session, parts, events);
  }

  /**
   * @param listing null = instances could not be read
   * @param computeServices as they are now, perhaps not known
   */
  List<Event> read(
      Storages.Answer storages,
      InstanceList.@Nullable Listing listing,
      Services computeServices,
      Round round)
      throws InterruptedException {
    List<Event> news = new ArrayList<>();
    events.services(computeServices, round.at(), news);
    if (storages.services() != null) {
      events.services(storages.services(), round.at(), news);
    }
    for (VolumeShape volume : storages.broken()) {
      Event event = events.broken(volume);
      if (event != null) {
        events.unlessKnown(event, news);
      }
    }
    if (listing != null) {
      faults(listing.changed(), round, news);
      news.addAll(actions.read(listing.changed(), round));
    }
    return news;
  }

  private void faults(List<Instance> changed, Round round, List<Event> news) {
    int asked = 0;
    for (Instance instance : changed) {
      if (!instance.status().equals(Instance.ERROR)) {
        continue;
      }
      Fault fault = instance.fault();
      if (fault == null && asked++ < MOST_FAULTS) {
        try {
          fault = actions.fault(instance, round);
        } catch (CallException e) {
          continue; // its state tells that it broke, if not why
        }
      }
      if (fault != null) {
        events.unlessKnown(events.fault(instance, fault), news);
      }
    }
  }
}
