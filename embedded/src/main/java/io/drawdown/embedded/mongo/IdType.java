package io.drawdown.embedded.mongo;

import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Ids of any type, written and ordered as H2's own type for objects does. That one remembers the type that it met last and
 * fails now and then if threads use it with ids of different types. Here each thread has its own.
 */
final class IdType extends BasicDataType<Object> {

    static final IdType INSTANCE = new IdType();

    private static final ThreadLocal<ObjectDataType> OF_THIS_THREAD = ThreadLocal.withInitial(ObjectDataType::new);

    private IdType() {}

    @Override
    public int compare(Object one, Object other) {
        return OF_THIS_THREAD.get().compare(one, other);
    }

    @Override
    public int getMemory(Object id) {
        return OF_THIS_THREAD.get().getMemory(id);
    }

    @Override
    public void write(WriteBuffer buffer, Object id) {
        OF_THIS_THREAD.get().write(buffer, id);
    }

    @Override
    public Object read(ByteBuffer buffer) {
        return OF_THIS_THREAD.get().read(buffer);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
