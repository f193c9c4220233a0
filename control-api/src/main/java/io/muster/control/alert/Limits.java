package io.muster.control.alert;

import io.micronaut.transaction.TransactionOperations;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and sets limits for callers, and keeps who did. */
@Singleton
final class Limits {
  private static final Comparator<LimitView> ORDER =
      Comparator.comparing(LimitView::server, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(LimitView::tag, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final LimitStore store;
  private final Sights sights;
  private final Audit audit;
  private final TransactionOperations<Connection> transactions;

  Limits(
      LimitStore store,
      Sights sights,
      Audit audit,
      TransactionOperations<Connection> transactions) {
    this.store = store;
    this.sights = sights;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * Those that the caller sees, rule after rule, each rule's own first.
   *
   * @param rule null = of all rules
   * @param server UUID or {@code name:…}: what is for this server alone; null = of all
   */
  List<LimitView> list(Caller caller, @Nullable String rule, @Nullable String server) {
    Collection<Rule> rules = rule == null ? Rule.all() : List.of(Rule.named(rule));
    Sight sight = sights.of(caller);
    UUID only = server == null ? null : sight.require(server).id();
    Map<Limit.Key, Limit> limits = store.all();
    List<LimitView> views = new ArrayList<>();
    for (Rule each : rules) {
      if (only == null) {
        views.add(LimitView.of(each, ofTheRule(each, limits), null));
      }
      limits.values().stream()
          .filter(limit -> limit.key().rule().equals(each.name()) && !limit.key().isGeneral())
          .filter(limit -> only == null || only.equals(limit.key().server()))
          .filter(limit -> sees(caller, sight, limit.key()))
          .map(limit -> LimitView.of(each, limit, name(sight, limit.key().server())))
          .sorted(ORDER)
          .forEach(views::add);
    }
    return views;
  }

  /** What is of a tag alone may name another tenant's things. */
  private static boolean sees(Caller caller, Sight sight, Limit.Key key) {
    UUID server = key.server();
    return server == null ? caller.home() && sight.isWholeTenant() : sight.seesWhole(server);
  }

  private static @Nullable String name(Sight sight, @Nullable UUID server) {
    return server == null ? null : sight.require(server.toString()).name();
  }

  private static Limit ofTheRule(Rule rule, Map<Limit.Key, Limit> limits) {
    Limit.Key key = new Limit.Key(rule.name(), null, null);
    Limit shipped = new Limit(key, rule.shipped().limit(), rule.shipped().enabled() == 1, null);
    return limits.getOrDefault(key, shipped);
  }

  /** In place of what was set for the same server and tag before. */
  LimitView set(
      Caller caller,
      String rule,
      @Nullable String server,
      @Nullable String tag,
      LimitRequest request) {
    Target target = Target.read(caller, sights.of(caller), rule, server, tag);
    Double ofTheRule = ofTheRule(target.rule(), store.all()).value();
    double value =
        request.sound(
            target.rule(), ofTheRule == null ? target.rule().shipped().limit() : ofTheRule);
    String detail =
        request.on() ? "limit " + value + " " + target.rule().shipped().unit() : "switched off";
    change(caller, "set", target, detail, () -> store.set(target.key(), value, request.on()));
    Limit limit = new Limit(target.key(), value, request.on(), Instant.now());
    return LimitView.of(target.rule(), limit, target.server());
  }

  /**
   * What is more general counts again; for a rule's own, what Muster brings. Nothing is done where
   * nothing was set.
   */
  void unset(Caller caller, String rule, @Nullable String server, @Nullable String tag) {
    Target target = Target.read(caller, sights.of(caller), rule, server, tag);
    Limit there = store.all().get(target.key());
    if (there == null || there.setAt() == null) {
      return;
    }
    change(
        caller,
        "unset",
        target,
        "no longer set",
        () -> {
          if (target.key().isGeneral()) {
            var shipped = target.rule().shipped();
            store.set(target.key(), shipped.limit(), shipped.enabled() == 1);
          } else {
            store.takeBack(target.key());
          }
        });
  }

  /** QuestDB has no transactions: the entry is written first, and goes when the row is refused. */
  private void change(Caller caller, String verb, Target target, String detail, Runnable change) {
    String what = target.key().isGeneral() ? detail : target.text() + ": " + detail;
    transactions.executeWrite(status -> {
      audit.record(
          caller, verb, new Subject("threshold", target.rule().name(), target.rule().name()), what);
      change.run();
      return target;
    });
  }
}
