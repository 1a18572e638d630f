/// The agent of a member: takes a task, trains on the member's data, sends the update.
@NullMarked
package io.rengo.agent;

import org.jspecify.annotations.NullMarked;
