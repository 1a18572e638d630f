/// A member that is a region: it has its own members do its tasks, and sends their mean.
@NullMarked
package io.rengo.agent.region;

import org.jspecify.annotations.NullMarked;
