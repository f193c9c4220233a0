/** The verbs of logins, users, tokens, tenants, sites and the audit. */
@NullMarked
package io.muster.cli.account;

import org.jspecify.annotations.NullMarked;
