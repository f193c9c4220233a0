package io.muster.agent.provider;

import java.net.UnknownHostException;

/** A host that stands, or resolves, where the agent never connects to. */
public final class DeniedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  DeniedAddressException(String host, String address) {
    super(
        (host.equals(address) ? address : host + " is " + address + ", which")
            + " is an address that no server may have (MUSTER_DENY_ADDRESSES of the agent or the"
            + " control API)");
  }
}
