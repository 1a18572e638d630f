@NullMarked
package io.rengo.agent.privacy;

import org.jspecify.annotations.NullMarked;
