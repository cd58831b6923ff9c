package io.drawdown.embedded.mongo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One change in the {@link RedoLog}: the size of what follows and its checksum, the name of the map, the key, and the whole
 * document, or a mark that there is none any more.
 */
final class RedoRecord {

    private static final int HEAD = 2 * Integer.BYTES;
    private static final byte REMOVED = 0;
    private static final byte PUT = 1;

    private RedoRecord() {}

    static void write(WriteBuffer log, MVMap<Object, byte[]> map, Object key, byte @Nullable [] document) {
        int start = log.position();
        log.putInt(0).putInt(0);
        byte[] name = map.getName().getBytes(StandardCharsets.UTF_8);
        log.putVarInt(name.length).put(name);
        map.getKeyType().write(log, key);
        if (document == null) {
            log.put(REMOVED);
        } else {
            log.put(PUT);
            map.getValueType().write(log, document);
        }
        int size = log.position() - start - HEAD;
        log.putInt(start, size).putInt(start + Integer.BYTES, checksum(log.getBuffer(), start + HEAD, size));
    }

    /**
     * Makes the next change of the log in the store.
     *
     * @return false at the end of the log, or at a record that was not written to its end: nobody has seen what it changed
     */
    static boolean apply(ByteBuffer log, MVStore store) {
        if (log.remaining() < HEAD) {
            return false;
        }
        int size = log.getInt();
        int checksum = log.getInt();
        if (size < 0 || size > log.remaining()) {
            return false;
        }
        if (checksum(log, log.position(), size) != checksum) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "a record of the log is damaged");
        }
        byte[] name = new byte[DataUtils.readVarInt(log)];
        log.get(name);
        MVMap<Object, byte[]> map = store.openMap(new String(name, StandardCharsets.UTF_8), IndexedDatabase.DOCUMENTS);
        Object key = map.getKeyType().read(log);
        if (log.get() == REMOVED) {
            map.remove(key);
        } else {
            map.put(key, map.getValueType().read(log));
        }
        return true;
    }

    private static int checksum(ByteBuffer bytes, int start, int size) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().limit(start + size).position(start));
        return (int) checksum.getValue();
    }
}
