//! Writes `size` rows as CSV and as TOML, reads both, and compares what they say.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use support::{Checksum, Random, sentence, word};

support::case!(work);

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
struct Row {
    number: u32,
    name: String,
    note: String,
    share: f64,
    kind: Kind,
}

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    First,
    SecondKind,
    Other,
}

#[derive(Serialize, Deserialize, Debug)]
struct Document {
    title: String,
    shares: BTreeMap<String, f64>,
    rows: Vec<Row>,
}

fn row(number: u32, random: &mut Random) -> Row {
    Row {
        number,
        name: word(random),
        note: format!("{}, \"{}\"\n", sentence(random), word(random)),
        share: (random.unit() * 1e6).round() / 1e3,
        kind: [Kind::First, Kind::SecondKind, Kind::Other][random.below(3) as usize],
    }
}

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x7AB);
    let rows: Vec<Row> = (0..size).map(|number| row(number, &mut random)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &rows {
        writer.serialize(row).expect("a vector takes all");
    }
    let table = writer.into_inner().expect("a vector takes all");
    let read: Result<Vec<Row>, _> = csv::Reader::from_reader(&*table)
        .into_deserialize()
        .collect();
    assert_eq!(read.expect("the table is intact"), rows);
    let shares = rows
        .iter()
        .map(|row| (row.name.clone(), row.share))
        .collect();
    let document = Document {
        title: sentence(&mut random),
        shares,
        rows,
    };
    let text = toml::to_string(&document).expect("the document can be written");
    let read: Document = toml::from_str(&text).expect("the text is intact");
    assert_eq!(read.rows, document.rows);
    let value: toml::Table = text.parse().expect("the text is intact");
    let mut checksum = Checksum::new();
    checksum.add_bytes(&table);
    checksum.add_bytes(value.to_string().as_bytes());
    for (name, share) in &read.shares {
        checksum.add(share.to_bits() ^ name.len() as u64);
    }
    checksum.get()
}
