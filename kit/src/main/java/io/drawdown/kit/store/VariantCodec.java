package io.drawdown.kit.store;

import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonReader;
import org.bson.BsonReaderMark;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * Keeps a sealed type whose variants are records, such as a state, as one document: the field {@code name} says which
 * variant it is, the other fields are those of its record. The driver's own codec for records knows no variants.
 */
public final class VariantCodec<T> implements Codec<T> {

    private static final String NAME = "name";

    private final Class<T> type;
    private final Map<Class<? extends T>, String> names;
    private final Map<String, Class<? extends T>> variants;
    private final CodecRegistry registry;
    private final BsonDocumentCodec documents = new BsonDocumentCodec();

    /**
     * @param variants every variant by the name that it is stored under; no record has a component {@code name}
     * @param registry has the codecs of the records
     */
    public VariantCodec(Class<T> type, Map<String, Class<? extends T>> variants, CodecRegistry registry) {
        this.type = type;
        this.variants = Map.copyOf(variants);
        this.names = variants.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        this.registry = registry;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        BsonDocument fields = new BsonDocument();
        encodeFields(new BsonDocumentWriter(fields), value, context);
        BsonDocument named = new BsonDocument(NAME, new BsonString(known(names, value.getClass())));
        named.putAll(fields);
        documents.encode(writer, named, context);
    }

    @SuppressWarnings("unchecked") // the codec is that of the value's class
    private void encodeFields(BsonWriter writer, T value, EncoderContext context) {
        Codec<T> record = (Codec<T>) registry.get(value.getClass());
        record.encode(writer, value, context);
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        BsonReaderMark start = reader.getMark();
        Class<? extends T> variant = known(variants, nameIn(reader));
        start.reset();
        return registry.get(variant).decode(reader, context);
    }

    /** It is the first field of what this wrote. */
    private String nameIn(BsonReader reader) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (reader.readName().equals(NAME)) {
                return reader.readString();
            }
            reader.skipValue();
        }
        throw new IllegalStateException(type.getSimpleName() + " has no " + NAME);
    }

    private <K, V> V known(Map<? extends K, V> table, K key) {
        V value = table.get(key);
        if (value == null) {
            throw new IllegalStateException(type.getSimpleName() + " has no variant " + key);
        }
        return value;
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }
}
