/// What a minibatch's gradient does to the parameters; shared by the trainers that run in the JVM,
/// so that the same task means the same steps in each.
@NullMarked
package io.rengo.agent.optimizer;

import org.jspecify.annotations.NullMarked;
