package dev.stentor.app;

import dev.stentor.usage.Quotas;

/**
 * The quotas of callers as they hold for this node.
 *
 * @param all of all nodes together, if there is a cluster
 */
record CallerQuotas(Quotas all) {}
