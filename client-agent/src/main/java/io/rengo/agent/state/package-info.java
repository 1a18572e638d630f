/// What a member keeps of a job beside its data, from one round to the next. It never leaves the
/// member.
@NullMarked
package io.rengo.agent.state;

import org.jspecify.annotations.NullMarked;
