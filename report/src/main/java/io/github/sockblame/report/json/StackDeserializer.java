// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/** Reads a stack, whose frames are indexes into the report's table of frames. */
final class StackDeserializer extends ValueDeserializer<Stack> {

    /** The attribute with the table of frames, an array of {@link Frame}. */
    static final Object FRAMES = StackDeserializer.class;

    @Override
    public Stack deserialize(JsonParser json, DeserializationContext context) {
        JsonNode stack = context.readTree(json);
        Frame[] table = (Frame[]) context.getAttribute(FRAMES);
        JsonNode indexes = stack.path("frames");
        if (table == null || !indexes.isArray()) {
            throw refusal(context, "a stack without frames");
        }
        List<Frame> frames = new ArrayList<>(indexes.size());
        for (JsonNode index : indexes) {
            int number = index.canConvertToInt() ? index.asInt() : -1;
            if (number < 0 || number >= table.length) {
                throw refusal(context, "a stack names frame " + index + " of " + table.length);
            }
            if (table[number] == null) {
                throw refusal(context, "frame " + number + " is missing");
            }
            frames.add(table[number]);
        }
        try {
            return new Stack(
                    frames,
                    context.readTreeAsValue(required(stack, "culprit", context), int.class),
                    index(stack, "entry", context),
                    gaps(stack.get("omitted"), context),
                    index(stack, "through", context));
        } catch (IllegalArgumentException e) {
            throw refusal(context, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Integer index(JsonNode stack, String name, DeserializationContext context) {
        return stack.hasNonNull(name) ? context.readTreeAsValue(stack.get(name), Integer.class) : null;
    }

    private static JsonNode required(JsonNode stack, String name, DeserializationContext context) {
        JsonNode value = stack.get(name);
        if (value == null || value.isNull()) {
            throw refusal(context, "a stack without " + name);
        }
        return value;
    }

    private static @Nullable List<OmittedFrames> gaps(@Nullable JsonNode omitted, DeserializationContext context) {
        if (omitted == null || omitted.isNull()) {
            return null;
        }
        return List.of(context.readTreeAsValue(omitted, OmittedFrames[].class));
    }

    private static DatabindException refusal(DeserializationContext context, String why) {
        return new StackRefusal(context.getParser(), why);
    }
}
