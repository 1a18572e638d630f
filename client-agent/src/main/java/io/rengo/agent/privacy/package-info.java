/// What a member does for its own privacy, whatever the server asks: its budget, its noise.
@NullMarked
package io.rengo.agent.privacy;

import org.jspecify.annotations.NullMarked;
