package io.drawdown.tasks.bulk;

/** A task to which an action could not be done. */
public record BulkFailure(String taskId, String message) {

    private static final int LONGEST_MESSAGE = 200;

    static BulkFailure of(String taskId, Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        return new BulkFailure(
                taskId, message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
    }
}
