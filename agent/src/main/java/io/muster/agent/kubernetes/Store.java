package io.muster.agent.kubernetes;

import java.util.List;

/** Takes what a feed reads. */
interface Store<T> {
  /** All there is now: what is not in it is gone. */
  void listed(List<T> all);

  /** It is new, or another than before. */
  void seen(T one);

  void deleted(T one);
}
