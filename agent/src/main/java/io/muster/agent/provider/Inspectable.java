package io.muster.agent.provider;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a provider may offer beside polling to people who look at their platform's API. */
public interface Inspectable {
  ApiReference reference();

  /**
   * How the server is configured, without secrets and with names replaced: what whoever answers in
   * its place must know.
   */
  Map<String, Object> setup(Names names);

  /**
   * Makes one call that reads and changes nothing. An answer with a bad status is an answer.
   *
   * @param path as in the platform's documentation, with its query
   * @param member a configured address of the server; null = the first
   * @throws IllegalArgumentException when it would not be a reading call of this server, with a
   *     sentence for whoever asked
   * @throws ProviderException when nothing answered
   */
  Exchange read(String path, @Nullable URI member, Deadline deadline) throws ProviderException;
}
