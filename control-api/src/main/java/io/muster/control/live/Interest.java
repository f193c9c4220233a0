package io.muster.control.live;

import io.muster.control.caller.Sight;
import io.muster.control.caller.Sight.Extent;
import io.muster.control.caller.TenantServer;
import io.muster.control.link.AgentNews;
import io.muster.control.server.OwnedServer;
import io.muster.control.server.ServerEdited;
import io.muster.protocol.link.VmStatusChange;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to hear of.
 *
 * @param server it, its VMs, and its site's agent; null = everything
 */
record Interest(@Nullable TenantServer server) {
  private static final byte[] NOTHING = {};

  /** What the reader is told of this; empty when it may not or does not want to know. */
  byte[] told(Frame frame, Sight sight) {
    return switch (frame.event()) {
      case LiveEvent.OfServer(OwnedServer of, _) ->
          isWanted(of.id()) ? told(frame, sight.of(of.id())) : NOTHING;
      case LiveEvent.OfEdit(ServerEdited edit) ->
          isWanted(edit.server().id()) ? told(frame, sight.of(asItWas(edit))) : NOTHING;
      case LiveEvent.OfVm(OwnedServer of, VmStatusChange vm) ->
          told(frame, isWanted(of.id()) && sight.seesVm(of.id(), vm.vm(), vm.group(), vm.tags()));
      case LiveEvent.OfAction(OwnedServer of, var group, var tags, ActionNews news) ->
          told(frame, isWanted(of.id()) && sight.seesVm(of.id(), news.vm(), group, tags));
      case LiveEvent.OfAgent(AgentNews news) ->
          told(
              frame,
              (server == null || server.site().equals(news.site())) && sight.seesSite(news.site()));
    };
  }

  private boolean isWanted(UUID of) {
    return server == null || server.id().equals(of);
  }

  private static TenantServer asItWas(ServerEdited edit) {
    OwnedServer server = edit.server();
    return new TenantServer(server.id(), server.name(), server.site(), edit.tags());
  }

  private static byte[] told(Frame frame, Extent seen) {
    return switch (seen) {
      case WHOLE -> frame.text();
      case NAME_AND_STATUS -> frame.brief();
      case NONE -> NOTHING;
    };
  }

  private static byte[] told(Frame frame, boolean seen) {
    return seen ? frame.text() : NOTHING;
  }
}
