package io.drawdown.simulator.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A script as lines of text, which mean the same when the weights of acts change: the scene, unless it is {@link
 * Scene#CREDITS}, the seed, then for each step its act, its salt and its pause in nanoseconds. Lines that begin with {@code #} are for people.
 */
public final class ScriptText {

    private static final String SCENE = "scene";
    private static final String SEED = "seed";

    private ScriptText() {}

    public static List<String> write(Script script) {
        List<String> lines = new ArrayList<>();
        if (script.scene() != Scene.CREDITS) {
            lines.add(SCENE + " " + script.scene().label());
        }
        lines.add(SEED + " " + script.seed());
        script.steps().forEach(step -> lines.add(step.toString()));
        return lines;
    }

    /** Fails with the first line that cannot be read. */
    public static Script read(List<String> lines) {
        Scene scene = Scene.CREDITS;
        Long seed = null;
        List<Step> steps = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split(" +", -1);
            if (words.length == 2 && words[0].equals(SCENE)) {
                scene = Scene.of(words[1]);
            } else if (words.length == 2 && words[0].equals(SEED)) {
                seed = number(words[1], line);
            } else {
                steps.add(step(scene, words, line));
            }
        }
        if (seed == null) {
            throw new IllegalArgumentException("a script says its seed");
        }
        return new Script(scene, seed, steps);
    }

    private static Step step(Scene scene, String[] words, String line) {
        if (words.length != 3) {
            throw new IllegalArgumentException("not a step: " + line);
        }
        try {
            return new Step(scene.act(words[0]), number(words[1], line), number(words[2], line));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a step: " + line, e);
        }
    }

    private static long number(String word, String line) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number in: " + line, e);
        }
    }
}
