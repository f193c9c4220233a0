package io.muster.agent.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** For Apache's client: what a connection is opened to is what was looked at. */
public final class GuardedNames extends SystemDefaultDnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return Destinations.resolve(host);
  }
}
