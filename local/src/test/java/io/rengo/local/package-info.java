/// Tests of the local pieces.
@NullMarked
package io.rengo.local;

import org.jspecify.annotations.NullMarked;
