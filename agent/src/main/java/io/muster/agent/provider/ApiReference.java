package io.muster.agent.provider;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the agent asks of a platform, and what of the answers may leave the site. */
public interface ApiReference {
  /** Every call, the steady ones first. */
  List<ApiCall> calls();

  /** Which of them an exchange was; null = none. */
  @Nullable ApiCall of(Exchange exchange);

  /**
   * The exchange with names replaced. Numbers and the platform's own words stay; a text that is not
   * known to be one of them is replaced, a structure that is not known is left out.
   */
  Exchange scrub(Exchange exchange, Names names);

  /** Fields of answers that hold a time in epoch seconds. */
  Set<String> timeFields();
}
