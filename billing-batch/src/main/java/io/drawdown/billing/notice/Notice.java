package io.drawdown.billing.notice;

import java.util.regex.Pattern;

/**
 * A mail to a person, in plain text.
 *
 * @param to one address
 * @param subject one line
 * @param key the same for every try of this notice, so that a receiver can tell a mail that was sent twice
 */
public record Notice(String to, String subject, String text, String key) {

    /** What an address looks like that may get a notice: neither part has a dot at an end. */
    public static final String ADDRESS = "[A-Za-z0-9_%+-]([A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?"
            + "@[A-Za-z0-9]([A-Za-z0-9.-]{0,186}[A-Za-z0-9])?";

    /** What one may look like that was given earlier. */
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,188}");

    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int LONGEST_TEXT = 10_000;

    public Notice {
        if (!GIVEN.matcher(to).matches()) {
            throw new IllegalArgumentException("a notice goes to one plain address");
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw new IllegalArgumentException("the subject of a notice is one line of 1 to 200 characters");
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a notice has up to " + LONGEST_TEXT + " characters");
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("the key of a notice has other characters than A-Z a-z 0-9 . _ : -");
        }
    }

    /** Without what concerns the person. */
    @Override
    public String toString() {
        return "Notice[key=" + key + "]";
    }
}
