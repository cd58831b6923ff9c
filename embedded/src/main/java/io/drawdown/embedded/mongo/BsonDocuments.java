package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Keeps documents in the file as BSON. The store's own type would use Java serialization, which takes several times as long
 * and as much space.
 */
final class BsonDocuments extends BasicDataType<Document> {

    private static final int FIRST_GUESS = 1_024;

    /** How many times as large a document is in memory as in BSON; only the store's cache goes by it. */
    private static final int GROWTH = 4;

    private volatile int averageSize = FIRST_GUESS;

    @Override
    public int getMemory(Document document) {
        return averageSize * GROWTH;
    }

    @Override
    public void write(WriteBuffer target, Document document) {
        ByteBuf bson = Unpooled.buffer(averageSize * 2);
        BsonEncoder.encodeDocument(document, bson);
        int size = bson.readableBytes();
        averageSize = (averageSize * 15 + size) / 16;
        target.putVarInt(size).put(bson.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer source) {
        int size = DataUtils.readVarInt(source);
        ByteBuffer bson = source.slice(source.position(), size);
        source.position(source.position() + size);
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
