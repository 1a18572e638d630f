/// A member's data: read from files, normalised, split and put into batches, as the agent's
/// configuration says.
@NullMarked
package io.rengo.agent.data;

import org.jspecify.annotations.NullMarked;
