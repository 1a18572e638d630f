/// Differential privacy: what a release costs (accountants), and the mechanisms that pay for it.
/// Every number here comes with its unit: noise multipliers are noise over sensitivity, epsilons
/// are natural logarithms.
@NullMarked
package io.rengo.core.privacy;

import org.jspecify.annotations.NullMarked;
