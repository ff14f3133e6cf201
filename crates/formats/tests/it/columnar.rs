//! Parquet and Arrow.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray, StructArray, TimestampSecondArray,
};
use arrow_ipc::{CompressionType, writer::IpcWriteOptions};
use arrow_schema::{DataType, Field};
use gnomon_kernel::Code;

use crate::{
    delivery::{cells, deliver, refused},
    samples::{TYPED, arrow_file, arrow_stream, batch, gzipped, parquet},
};

#[test]
fn every_type_in_every_columnar_format() {
    for bytes in [parquet(&batch()), arrow_file(&batch()), arrow_stream(&batch())] {
        let delivered = deliver(&bytes).unwrap();
        assert_eq!(delivered.cells(), TYPED);
        assert_eq!(delivered.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(cells(&gzipped(&bytes)), TYPED);
    }
}

#[test]
fn compressed_arrow() {
    for kind in [CompressionType::LZ4_FRAME, CompressionType::ZSTD] {
        let options = IpcWriteOptions::default().try_with_compression(Some(kind)).unwrap();
        let schema = batch().schema();
        let mut writer =
            arrow_ipc::writer::FileWriter::try_new_with_options(Vec::new(), &schema, options).unwrap();
        writer.write(&batch()).unwrap();
        assert_eq!(cells(&writer.into_inner().unwrap()), TYPED);
    }
}

#[test]
fn many_batches_count_on() {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..5000));
    let batch = RecordBatch::try_from_iter([("id", ids)]).unwrap();
    for bytes in [parquet(&batch), arrow_stream(&batch)] {
        let rows = deliver(&bytes).unwrap().rows;
        assert_eq!((rows.len(), rows[5000].line, rows[5000].cells[0].as_str()), (5001, 5001, "4999"));
    }
}

#[test]
fn structures_and_zones() {
    let city: ArrayRef = Arc::new(StringArray::from(vec![Some("澜州"), Some("某市")]));
    let fields = vec![Field::new("city", DataType::Utf8, true)];
    let place = StructArray::new(fields.into(), vec![city], Some(vec![true, false].into()));
    let at = TimestampSecondArray::from(vec![1_706_688_300; 2]).with_timezone("Asia/Shanghai");
    let batch =
        RecordBatch::try_from_iter([("place", Arc::new(place) as ArrayRef), ("at", Arc::new(at))]).unwrap();
    let expected = ["place.city,at", "澜州,2024-01-31 16:05:00", ",2024-01-31 16:05:00"];
    // Arrow keeps what stands below an absent structure, Parquet does not.
    for bytes in [parquet(&batch), arrow_stream(&batch)] {
        assert_eq!(cells(&bytes), expected);
    }
}

#[test]
fn binary_columns_are_refused_by_name() {
    let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![b"x".as_slice()]));
    let batch = RecordBatch::try_from_iter([("photo", bytes)]).unwrap();
    for bytes in [parquet(&batch), arrow_file(&batch)] {
        refused(&bytes, Code::FileFormat, "column photo of type Binary");
    }
}

#[test]
fn files_that_were_cut_off() {
    for bytes in [parquet(&batch()), arrow_file(&batch())] {
        for length in [12, bytes.len() / 2, bytes.len() - 1] {
            refused(&bytes[..length], Code::FileUnreadable, "");
        }
    }
    let stream = arrow_stream(&batch());
    refused(&stream[..stream.len() / 2], Code::FileUnreadable, "end too early");
}
